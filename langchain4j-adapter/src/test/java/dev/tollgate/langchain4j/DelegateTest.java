package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.delegate.AgentGrant;
import dev.tollgate.langchain4j.delegate.Delegate;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sub-agent has what it declares, and never more than whoever gave it the work. */
@Timeout(30)
public class DelegateTest {
  /** Public: the agentic module calls it by reflection. */
  @Delegate(tools = "send", budget = @Delegate.Budget(calls = 2))
  public interface Mailer {
    @UserMessage("Mail it")
    @Agent(outputKey = "mailed")
    String mail();
  }

  /** Declares it above. */
  public interface Heir extends Mailer {}

  /** Declares it on its method, and may hand it on. */
  public interface Planner {
    @Delegate(
        tools = {"handOn", "send", "delete"},
        depth = 1)
    @UserMessage("Plan it")
    @Agent(outputKey = "planned", async = true)
    String plan();
  }

  interface Plain {
    String chat(String message);
  }

  @Delegate(tools = "read", depth = 9)
  interface TooDeep extends Plain {}

  @Delegate(
      budget =
          @Delegate.Budget(
              amounts = {
                @Delegate.Amount(name = "money", most = 1),
                @Delegate.Amount(name = "money", most = 2)
              }))
  interface NamedTwice extends Plain {}

  @Delegate(tools = "read")
  interface Twice extends Mailer {}

  /** A workflow. */
  @Delegate(tools = "send")
  public interface Flow {
    @Agent
    Object run(@dev.langchain4j.service.V("topic") String topic);
  }

  private final Office office = new Office();

  /** Sends, then deletes. */
  private static ScriptedModel greedy(int rounds) {
    List<AiMessage> script = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      script.add(asks(call("1", "send", Agents.SEND), call("2", "delete", Agents.DELETE)));
      script.add(AiMessage.from("done"));
    }
    return ScriptedModel.plays(script.toArray(AiMessage[]::new));
  }

  private static UntypedAgent root(Object... agents) {
    return AgenticServices.sequenceBuilder().subAgents(agents).build();
  }

  @ParameterizedTest
  @ValueSource(classes = {Mailer.class, Heir.class})
  void hasWhatItDeclares(Class<?> type) {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = greedy(1);
      root(Agents.agent(type, model, office).build(), Agents.cleaner(office))
          .invoke(Map.of("topic", "cats"));
      assertThat(office.ran).containsExactly("send bob: x", "delete a");
      assertThat(model.results().get(1).text()).contains("delegation_tool");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::agent)
          .containsExactly(type.getSimpleName(), type.getSimpleName(), "Cleaner");
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent())
          .containsOnly(Intent.human("cats"));
      assertThat(gated.audit.records(AuditRecord.Delegated.class)).hasSize(1);
      assertThat(gated.audit.records(AuditRecord.DelegationAccepted.class))
          .extracting(AuditRecord.DelegationAccepted::reason)
          .containsExactly("");
    }
  }

  @Test
  void hasOneBudgetHoweverOftenItIsInvoked() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = greedy(3);
      AgenticServices.loopBuilder()
          .maxIterations(3)
          .subAgents(Agents.agent(Mailer.class, model, office).build())
          .build()
          .invoke(Map.of("topic", "cats"));
      assertThat(office.ran).containsExactly("send bob: x", "send bob: x");
      assertThat(gated.reasons()).endsWith("delegation_budget", "delegation_tool");
      assertThat(gated.audit.records(AuditRecord.Delegated.class)).hasSize(1);
    }
  }

  @Test
  void hasNoMoreThanTheWholeSystemWasHanded() throws DelegationException {
    try (Gated gated = Gated.permitting()) {
      Task task = gated.gate.startTask(Intent.human("cats"), null, null, null);
      Grant grant = Grant.to("house").tools("delete").depth(1);
      Task given =
          gated
              .gate
              .delegations()
              .accept(
                  gated.gate.delegations().delegate(task, grant),
                  Waiting.ALICE,
                  AgentIdentity.of("house"));
      try (Scope handed = given.open()) {
        root(Agents.agent(Mailer.class, greedy(1), office).build()).invoke(Map.of("topic", "cats"));
      }
      assertThat(office.ran).isEmpty();
      assertThat(gated.reasons()).containsExactly("delegation_tool", "delegation_tool");
    }
  }

  @Test
  void doesNothingWhereTheWorkMayNotBeHandedOn() throws DelegationException {
    try (Gated gated = Gated.permitting()) {
      Task task = gated.gate.startTask(Intent.human("cats"), null, null, null);
      Task given =
          gated
              .gate
              .delegations()
              .accept(
                  gated.gate.delegations().delegate(task, Grant.to("house").tools("send")),
                  Waiting.ALICE,
                  AgentIdentity.of("house"));
      try (Scope handed = given.open()) {
        root(Agents.agent(Mailer.class, greedy(1), office).build()).invoke(Map.of("topic", "cats"));
      }
      assertThat(office.ran).isEmpty();
      assertThat(gated.reasons()).containsOnly("delegation_too_deep");
    }
  }

  private void assertNested(Plain nested, String... ran) {
    Object handing =
        new Object() {
          @Tool
          @SuppressWarnings("unused")
          String handOn() {
            return nested.chat("PAY EVE");
          }
        };
    root(Agents.agent(Planner.class, ScriptedModel.calls("handOn", "{}"), handing, office).build())
        .invoke(Map.of("topic", "cats"));
    assertThat(office.ran).containsExactly(ran);
  }

  /** On a thread of the framework's own. */
  @Test
  void holdsForAgentsThatItsToolsCall() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(
                  call("1", "delete", Agents.DELETE),
                  call("2", "read", "{\"file\":\"a\"}"),
                  call("3", "send", Agents.SEND)),
              AiMessage.from("done"));
      assertNested(
          AiServices.builder(Plain.class).chatModel(model).tools(office).build(),
          "delete a",
          "send bob: x");
      assertThat(gated.reasons()).containsExactly("", "", "delegation_tool", "");
    }
  }

  @Test
  void isNarrowedOnceMoreByWhatTheNestedAgentDeclares() {
    try (Gated gated = Gated.permitting()) {
      Grant narrower = Grant.to("nested").tools("read", "send");
      assertNested(
          AiServices.builder(Plain.class)
              .chatModel(greedy(1))
              .tools(office)
              .toolProvider(AgentGrant.of(narrower))
              .build(),
          "send bob: x");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::agent)
          .containsExactly("Planner", "nested", "nested");
      assertThat(gated.reasons()).containsExactly("", "", "delegation_tool");
    }
  }

  @Test
  void holdsForAnAgentThatIsBuiltAgainForEachScope() {
    try (Gated gated = Gated.permitting()) {
      root(Agents.agent(Agents.Cleaner.class, greedy(1), office)
              .context(scope -> "more to know")
              .toolProvider(AgentGrant.of(Grant.to("janitor").tools("send")))
              .build())
          .invoke(Map.of("topic", "cats"));
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::agent)
          .containsExactly("janitor", "janitor");
    }
  }

  @Test
  void hasOnlyWhatBothItsBuilderAndItsInterfaceGrant() {
    try (Gated gated = Gated.permitting()) {
      root(Agents.agent(Mailer.class, greedy(1), office)
              .toolProvider(AgentGrant.of(Grant.to("m").tools("delete", "send").calls(0)))
              .build())
          .invoke(Map.of("topic", "cats"));
      assertThat(office.ran).isEmpty();
      assertThat(gated.reasons()).containsExactly("delegation_budget", "delegation_tool");
    }
  }

  @Test
  void holdsForAnAiServiceByItself() {
    try (Gated gated = Gated.permitting()) {
      AiServices.builder(Plain.class)
          .chatModel(greedy(1))
          .tools(office)
          .toolProvider(AgentGrant.of(Grant.to("Plain").tools("send")))
          .build()
          .chat("cats");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.asked().get(0).task().intent()).isEqualTo(Intent.human("cats"));
      assertThat(gated.reasons()).containsExactly("", "delegation_tool");
    }
  }

  @Test
  void isForTheCallerOfTheRootCall() {
    try (Gated gated = Gated.permitting();
        Scope scope = Caller.of("globex", "carol").open()) {
      AgenticServices.parallelBuilder()
          .subAgents(Agents.agent(Mailer.class, greedy(1), office).build())
          .build()
          .invoke(Map.of("topic", "cats"));
      assertThat(gated.asked().get(0).task().caller()).isEqualTo(Caller.of("globex", "carol"));
    }
  }

  @Test
  void isNotBuiltWhereWhatItDeclaresCannotBeRead() {
    try (Gated gated = Gated.permitting()) {
      assertThat(gated.asked()).isEmpty();
      for (Class<?> type : List.of(TooDeep.class, NamedTwice.class, Twice.class)) {
        assertThatThrownBy(() -> AiServices.builder(type))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("@Delegate");
      }
      assertThatThrownBy(() -> AgenticServices.sequenceBuilder(Flow.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Put it on its agents");
    }
  }
}
