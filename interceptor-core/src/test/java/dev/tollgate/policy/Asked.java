package dev.tollgate.policy;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests, and decision points that always say the same. */
final class Asked {
  static final PolicyRequest REQUEST = request();

  private Asked() {}

  private static PolicyRequest request() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    Task task =
        new Task(
            "t-1",
            new Conversation("acme", "chat"),
            Caller.of("acme", "alice"),
            AgentIdentity.of("agent"),
            Intent.human("Pay the bill."),
            "hmac-sha256:none",
            "test",
            noon,
            Long.MAX_VALUE);
    try {
      return new PolicyRequest(
          "c-1",
          task,
          Tool.unlisted(new ToolDefinition("pay", "", "", "test")),
          new StrictJson(JsonLimits.DEFAULT).parseObject("{}"),
          noon);
    } catch (JsonRefusedException e) {
      throw new AssertionError(e);
    }
  }

  static Decision decide(PolicyDecisionPoint policy) {
    return policy.decide(List.of(REQUEST)).get(0);
  }

  /** The reason of a deny; {@code null} for anything else. */
  static @Nullable ReasonCode denied(PolicyDecisionPoint policy) {
    return decide(policy) instanceof Decision.Deny deny ? deny.reason() : null;
  }

  static Basis basis(String revision, String... policies) {
    return new Basis("fixed", revision, List.of(policies));
  }

  static PolicyDecisionPoint permitting(String revision, Obligation... obligations) {
    return always(new Decision.Permit(basis(revision, "p-" + revision), List.of(obligations)));
  }

  static PolicyDecisionPoint forbidding(String revision) {
    return always(new Decision.Deny(basis(revision, "f-" + revision), ReasonCode.POLICY_FORBIDDEN));
  }

  static PolicyDecisionPoint always(Decision answer) {
    return new Same(answer.basis().revision(), answer);
  }

  static PolicyDecisionPoint failing(String revision) {
    return new Same(revision, null);
  }

  private record Same(String revision, @Nullable Decision answer) implements PolicyDecisionPoint {
    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      if (answer == null) {
        throw new StackOverflowError("told to");
      }
      return requests.stream().map(request -> answer).toList();
    }

    @Override
    public String name() {
      return "fixed";
    }
  }
}
