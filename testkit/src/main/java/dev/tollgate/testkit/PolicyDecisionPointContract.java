package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PolicyDecisionPoint} must do. */
public abstract class PolicyDecisionPointContract {

  /** A decision point with any policies under which the two requests below get their answers. */
  protected abstract PolicyDecisionPoint policy();

  /** A request that its policies permit. */
  protected abstract PolicyRequest permitted();

  /** A request that its policies do not permit. */
  protected abstract PolicyRequest denied();

  /** A request of alice of acme, for subclasses. */
  protected static PolicyRequest request(Tool tool, String arguments) {
    Task task =
        new Task(
            "t-1",
            new Conversation("acme", "chat"),
            Caller.of("acme", "alice"),
            AgentIdentity.of("agent"),
            Intent.human("Pay the bill."),
            "hmac-sha256:none",
            "test",
            Instant.parse("2026-11-23T12:00:00Z"),
            Long.MAX_VALUE);
    try {
      return new PolicyRequest(
          "c-1",
          task,
          tool,
          new StrictJson(JsonLimits.DEFAULT).parseObject(arguments),
          Instant.parse("2026-11-23T12:00:00Z"));
    } catch (JsonRefusedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private List<String> outcomes(PolicyRequest... requests) {
    return policy().decide(List.of(requests)).stream().map(Decision::outcome).toList();
  }

  @Test
  void oneAnswerForEachRequestInOrder() {
    assertThat(outcomes()).isEmpty();
    assertThat(outcomes(permitted())).containsExactly("permit");
    assertThat(outcomes(denied(), permitted(), denied(), denied(), permitted()))
        .containsExactly("deny", "permit", "deny", "deny", "permit");
  }

  @Test
  void aToolThatNoPolicyNamesIsNotPermitted() {
    ToolDefinition nobody = new ToolDefinition("nobody-knows-me", "", "", "nowhere");
    assertThat(outcomes(request(Tool.unlisted(nobody), "{}"))).containsExactly("deny");
  }

  @Test
  void theAnswerNamesItsRevisionWhichStands() {
    String revision = policy().revision();
    assertThat(revision).isNotBlank();
    assertThat(policy().decide(List.of(permitted(), denied())))
        .allSatisfy(answer -> assertThat(answer.basis().revision()).isEqualTo(revision));
    assertThat(policy().revision()).isEqualTo(revision);
    assertThat(policy().name()).isNotBlank();
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    Threads.together(
        32,
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThat(outcomes(permitted(), denied())).containsExactly("permit", "deny");
          }
        });
  }
}
