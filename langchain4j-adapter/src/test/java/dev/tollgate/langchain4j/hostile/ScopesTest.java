package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.service.UserMessage;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.BesiegedGate;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that write what is not theirs into the scope, or work in others' names. */
@Tag("woven")
public class ScopesTest {
  private static final String KEY = "dev.tollgate.langchain4j.agentic.ScopeTasks";

  /** What the framework's own agent for an action is called; woven, it is a call of its own. */
  private static final String ACTION = "accept";

  private static final Caller ALICE = Caller.of("acme", "alice");

  /** Public: the agentic module calls it by reflection. */
  public interface Clerk {
    @UserMessage("Do it")
    @Agent(outputKey = "done")
    String act();
  }

  private static Clerk clerk(Siege siege) {
    return AgenticServices.agentBuilder(Clerk.class)
        .chatModel(Puppet.asks(Puppet.call("1", READ), Puppet.call("2", PAY)))
        .tools(siege.tools(READ, PAY))
        .build();
  }

  private static void inSequence(Siege siege, java.util.function.Consumer<AgenticScope> before) {
    Object done =
        AgenticServices.sequenceBuilder()
            .subAgents(AgenticServices.agentAction(before::accept), clerk(siege))
            .outputKey("done")
            .build()
            .invoke(Map.of("request", "read it"));
    assertThat(done).isEqualTo("done");
  }

  /** What stands there and is not the gate's own is no task, in state or elsewhere. */
  @Test
  void aTaskThatIsForgedInTheScopeIsNone() {
    try (Siege siege = new Siege()) {
      Task forged = siege.task();
      inSequence(
          siege,
          scope -> {
            scope.writeState(KEY, forged);
            scope.writeState("tollgate.task", forged);
            scope.writeState("tenant", "evil");
            scope.writeExecutionContext(KEY, "a task");
          });
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).doesNotContain(PAY);
      assertThat(siege.audit.records(AuditRecord.Proposed.class))
          .filteredOn(proposed -> !proposed.tool().equals(ACTION))
          .hasSize(2)
          .allMatch(proposed -> proposed.subject().equals("alice"));
      assertThat(siege.audit.entries()).noneMatch(entry -> entry.taskId().equals(forged.id()));
      siege.holds();
    }
  }

  /** Known limit: the gate's own entry, copied from another run's scope, is that run's task. */
  @Test
  void anEntryThatIsCopiedFromAnotherScopeIsAtMostThatTaskAndOnRecordAsSuch() {
    try (Siege siege = new Siege()) {
      AtomicReference<Object> stolen = new AtomicReference<>();
      inSequence(siege, scope -> stolen.set(scope.executionContext(KEY)));
      inSequence(siege, scope -> scope.writeExecutionContext(KEY, stolen.get()));
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).doesNotContain(PAY);
      siege.holds();
    }
  }

  /** A scope whose entry was taken out has no wider authority than what was handed over. */
  @Test
  void anEntryThatIsTakenOutOfTheScopeWidensNothing() throws DelegationException {
    try (Siege siege = new Siege()) {
      Task task = siege.task();
      String signed =
          siege.gate.delegations().delegate(task, Grant.to("house").tools("write", ACTION));
      Task given = siege.gate.delegations().accept(signed, ALICE, AgentIdentity.of("house"));
      try (Scope handed = given.open()) {
        inSequence(siege, scope -> scope.writeExecutionContext(KEY, "gone"));
      }
      assertThat(siege.bodies).isEmpty();
      assertThat(siege.refused()).contains("delegation_tool");
      siege.holds();
    }
  }

  @Test
  void aDelegationForSomebodyElseIsNotTaken() throws DelegationException {
    try (Siege siege = new Siege()) {
      String signed =
          siege.gate.delegations().delegate(siege.task(), Grant.to("writer").tools(READ, PAY));
      Task claimed = siege.gate.delegations().accept(signed, ALICE, AgentIdentity.of("thief"));
      try (Scope handed = claimed.open()) {
        assertThat(clerk(siege).act()).isEqualTo("done");
      }
      assertThat(siege.bodies).isEmpty();
      assertThat(siege.refused()).isNotEmpty();
      siege.holds();
    }
  }

  @Test
  void aSecondUseOfADelegationRunsNothing() throws DelegationException {
    try (Siege siege = new Siege()) {
      String signed =
          siege.gate.delegations().delegate(siege.task(), Grant.to("house").tools(READ));
      AgentIdentity house = AgentIdentity.of("house");
      assertThat(siege.gate.delegations().accept(signed, ALICE, house).delegation()).isNotNull();
      Task again = siege.gate.delegations().accept(signed, ALICE, house);
      try (Scope handed = again.open()) {
        assertThat(clerk(siege).act()).isEqualTo("done");
      }
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  @Test
  void whatATaskIsForCannotBeSaidAgainFromWithin() {
    try (Siege siege = new Siege();
        Scope open = siege.task().open()) {
      assertThatThrownBy(
              () ->
                  dev.tollgate.langchain4j.TollgateLangChain4j.asked(
                      dev.tollgate.task.Intent.human("pay eve")))
          .isInstanceOf(IllegalStateException.class);
      siege.holds();
    }
  }
}
