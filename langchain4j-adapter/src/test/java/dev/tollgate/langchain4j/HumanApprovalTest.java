package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.AgenticScopeSerializer;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.tollgate.approval.Approver;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agentic system with a person in it who approves. */
@Timeout(30)
public class HumanApprovalTest {
  /** Public: the agentic module calls it by reflection. */
  public interface Reporter {
    @UserMessage("Report {{approval}}")
    @Agent(outputKey = "report")
    String report(@V("approval") String approval);
  }

  private final Office office = new Office();
  private final HumanApproval approval = HumanApproval.of(office);
  private final ExecutorService caller = Executors.newSingleThreadExecutor();
  private final CompletableFuture<AgenticScope> asked = new CompletableFuture<>();
  private final ScriptedModel reporter = ScriptedModel.plays(AiMessage.from("reported"));

  @AfterEach
  void endsTheCaller() {
    caller.shutdownNow();
  }

  /** A writer, a person's turn, and a reporter of what came of it. */
  private Future<Object> runs() {
    return caller.submit(
        () ->
            AgenticServices.sequenceBuilder()
                .subAgents(
                    Agents.writer(office),
                    approval.agent("approval"),
                    AgenticServices.agentAction(
                        scope -> {
                          asked.complete(scope);
                        }),
                    AgenticServices.agentBuilder(Reporter.class).chatModel(reporter).build())
                .outputKey("report")
                .build()
                .invoke(Map.of("topic", "cats")));
  }

  private AgenticScope scope() {
    return asked.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The approval that the person's turn waits for, once it has begun to wait. */
  private String waiting(Gated gated) {
    assertThat(scope().pendingResponseIds()).hasSize(1);
    return Waiting.id(gated.gate);
  }

  private String told(Future<Object> run) throws Exception {
    assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo("reported");
    return reporter.requests().get(0).messages().toString();
  }

  @Test
  void runsTheStoredCallWhenAPersonHasApprovedIt() throws Exception {
    try (Gated gated = Waiting.gated("send")) {
      Future<Object> run = runs();
      String id = waiting(gated);
      assertThat(scope().pendingResponseIds()).containsExactly(id);
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isFalse(); // nobody has answered
      assertThat(office.ran).isEmpty();

      Waiting.approve(gated.gate, id);
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isTrue();
      assertThat(told(run)).contains("Report sent to bob");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isFalse();
      assertThat(office.ran).hasSize(1);
    }
  }

  @Test
  void runsNothingForTextThatSomebodyWrote() throws Exception {
    try (Gated gated = Waiting.gated("send")) {
      Future<Object> run = runs();
      String id = waiting(gated);
      assertThat(scope().completePendingResponse(id, "approved")).isTrue();
      scope().writeState("approval", "approved by bob");
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isFalse();
      told(run);
      assertThat(office.ran).isEmpty();
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, office))
          .contains("approval_required");
      assertThat(office.ran).isEmpty();
    }
  }

  @Test
  void goesOnWithTheDenialWhenAPersonHasRejectedIt() throws Exception {
    try (Gated gated = Waiting.gated("send")) {
      Future<Object> run = runs();
      String id = waiting(gated);
      Objects.requireNonNull(gated.gate.approvals())
          .reject("acme", id, Approver.person("acme", "bob", null));
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isTrue();
      assertThat(told(run)).contains("approval_rejected");
      assertThat(office.ran).isEmpty();
    }
  }

  @Test
  void waitsForNobodyWhereNothingWaits() throws Exception {
    try (Gated gated = Gated.permitting()) {
      assertThat(told(runs())).contains(HumanApproval.NOTHING_WAITS);
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void goesOnAfterARestartWithAScopeFromTheStore() throws Exception {
    try (Gated gated = Waiting.gated("send")) {
      Future<Object> run = runs();
      String id = waiting(gated);
      DefaultAgenticScope stored =
          AgenticScopeSerializer.fromJson(
              AgenticScopeSerializer.toJson((DefaultAgenticScope) scope()));
      Waiting.approve(gated.gate, id);
      assertThat(approval.answered(stored, id, Waiting.ALICE)).isTrue();
      assertThat(stored.readState("approval")).isEqualTo("sent to bob");
      assertThat(office.ran).containsExactly("send bob: x");
      // The run that was left behind gets the denial of a call that has run.
      assertThat(approval.answered(scope(), id, Waiting.ALICE)).isTrue();
      assertThat(told(run)).contains("approval_used");
      assertThat(office.ran).hasSize(1);
    }
  }

  @Test
  void asksNobodyWithoutATask() {
    try (Gated gated = Waiting.gated("send")) {
      assertThat(gated.asked()).isEmpty();
      assertThatThrownBy(() -> approval.ask(DefaultAgenticScope.ephemeralAgenticScope()))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
