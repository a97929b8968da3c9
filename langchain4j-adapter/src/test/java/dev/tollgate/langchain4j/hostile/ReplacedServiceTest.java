package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.listener.AiServiceStartedListener;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.langchain4j.hostile.Puppet.Chat;
import dev.tollgate.testkit.BesiegedGate;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Puts something else where the gate's tool service stands, or takes executors out of it. */
@Tag("woven")
class ReplacedServiceTest {
  private final AiServiceContext[] contexts = new AiServiceContext[1];

  private AiServices<Chat> service(Puppet model) {
    contexts[0] = TollgateLangChain4j.contextFor(Chat.class);
    AiServices<Chat> service = AiServices.builder(contexts[0]);
    return service.chatModel(model);
  }

  @Test
  void aToolServiceThatIsReplacedBeforeToolsAreRegisteredIsPutBack() {
    try (Siege siege = new Siege()) {
      AiServices<Chat> service = service(Puppet.asks(PAY));
      contexts[0].toolService = new ToolService();
      assertThat(service.tools(siege.tools(PAY)).build().chat("go")).isEqualTo("done");
      assertThat(siege.bodies).isEmpty();
      assertThat(siege.refused()).containsExactly("tool_unknown");
      siege.holds();
    }
  }

  @Test
  void aToolServiceThatIsReplacedAfterBuildingIsPutBack() {
    try (Siege siege = new Siege()) {
      Chat chat = service(Puppet.asks(PAY)).tools(siege.tools(PAY)).build();
      ToolService bare = new ToolService();
      bare.tools(siege.tools(PAY));
      contexts[0].toolService = bare;
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).isEmpty();
      assertThat(siege.refused()).containsExactly("policy_forbidden");
      siege.holds();
    }
  }

  /** Known limit: code in the process that runs between the gate's look and the framework's. */
  @Test
  void oneThatAListenerReplacesAsTheCallBeginsEscapesUnlessWoven() {
    try (Siege siege = new Siege()) {
      ToolService bare = new ToolService();
      bare.tools(siege.tools(PAY));
      AiServiceStartedListener late = event -> contexts[0].toolService = bare;
      Chat chat = service(Puppet.asks(PAY)).tools(siege.tools(PAY)).registerListener(late).build();
      assertThat(chat.chat("go")).isEqualTo("done");
      siege.escapedUnlessWoven(PAY);
    }
  }

  @Test
  void oneThatAToolReplacesWhileItRunsChangesNothingForThisRun() {
    try (Siege siege = new Siege()) {
      ToolService bare = new ToolService();
      bare.tools(siege.tools(PAY));
      Map<dev.langchain4j.agent.tool.ToolSpecification, ToolExecutor> tools = siege.tools(PAY);
      tools.put(
          Siege.specification(READ),
          (request, memoryId) -> {
            contexts[0].toolService = bare;
            return siege.runs(READ);
          });
      Chat chat =
          service(Puppet.asks(Puppet.call("1", READ), Puppet.call("2", PAY))).tools(tools).build();
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).hasSize(1);
      siege.holds();
    }
  }

  /** Known limit: what was registered is the application's own object. */
  @Test
  void rawExecutorsOfTheToolServiceEscapeUnlessWoven() {
    try (Siege siege = new Siege();
        Scope task = siege.task().open()) {
      var unused = service(Puppet.asks(PAY)).tools(siege.tools(PAY)).build();
      ToolExecutor raw = contexts[0].toolService.toolExecutors().get(PAY);
      assertThat(raw.execute(Puppet.call("1", PAY), "m")).isNotNull();
      siege.escapedUnlessWoven(PAY);
    }
  }

  @Test
  void anExecutorThatIsTakenFromAContextAsksTheGateWhateverNameItIsCalledBy() {
    try (Siege siege = new Siege();
        Scope task = siege.task().open()) {
      var unused = service(Puppet.asks(PAY)).tools(siege.tools(PAY, READ)).build();
      Map<String, ToolExecutor> gated =
          contexts[0]
              .toolService
              .createContext(nobody(), UserMessage.from("x"), List.of())
              .toolExecutors();
      for (ToolExecutor executor : List.copyOf(gated.values())) {
        for (ToolExecutionRequest request :
            List.of(Puppet.call("1", READ), Puppet.call("2", PAY), Puppet.call("3", "x"))) {
          assertThat(executor.execute(request, "m")).isNotNull();
          assertThat(executor.executeWithContext(request, nobody())).isNotNull();
        }
      }
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).containsOnly(READ);
      siege.holds();
    }
  }

  @Test
  void aGatedExecutorThatIsRegisteredAgainUnderAHarmlessNameIsStillItself() {
    try (Siege siege = new Siege()) {
      var unused = service(Puppet.asks(PAY)).tools(siege.tools(PAY)).build();
      ToolExecutor pay =
          contexts[0]
              .toolService
              .createContext(nobody(), UserMessage.from("x"), List.of())
              .toolExecutors()
              .get(PAY);
      Chat other =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks(READ))
              .tools(Map.of(Siege.specification(READ), pay))
              .build();
      assertThat(other.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).isEmpty();
      assertThat(siege.refused()).containsExactly("policy_forbidden");
      siege.holds();
    }
  }

  /** Known limit: while a run lasts, code that has its context can work in its task, on record. */
  @Test
  void theContextOfARunIsWorthNothingAfterIt() {
    try (Siege siege = new Siege()) {
      List<InvocationContext> kept = new CopyOnWriteArrayList<>();
      AiServiceStartedListener keeping = event -> kept.add(event.invocationContext());
      Chat chat =
          service(Puppet.asks(READ)).tools(siege.tools(READ)).registerListener(keeping).build();
      assertThat(chat.chat("go")).isEqualTo("done");
      ToolExecutor read =
          contexts[0]
              .toolService
              .createContext(kept.get(0), UserMessage.from("x"), List.of())
              .toolExecutors()
              .get(READ);
      assertThat(read.executeWithContext(Puppet.call("2", READ), kept.get(0)).resultText())
          .contains("task_missing");
      assertThat(siege.bodies).hasSize(1);
      siege.holds();
    }
  }

  @Test
  void theExecutorsOfAContextCannotBeExchanged() {
    try (Siege siege = new Siege()) {
      var unused = service(Puppet.asks(PAY)).tools(siege.tools(PAY)).build();
      Map<String, ToolExecutor> gated =
          contexts[0]
              .toolService
              .createContext(nobody(), UserMessage.from("x"), List.of())
              .toolExecutors();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> gated.entrySet().iterator().next().setValue(siege.body(PAY)))
          .isInstanceOf(UnsupportedOperationException.class);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> gated.put(PAY, siege.body(PAY)))
          .isInstanceOf(UnsupportedOperationException.class);
      siege.holds();
    }
  }

  private static InvocationContext nobody() {
    return InvocationContext.builder().invocationId(UUID.randomUUID()).build();
  }
}
