package dev.tollgate.testkit;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalState;
import dev.tollgate.approval.CallBinding;
import dev.tollgate.approval.TaskOrigin;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Basis;
import dev.tollgate.task.Intent;
import dev.tollgate.task.TaskHistory;
import dev.tollgate.tool.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Approvals that wait, all made at one moment, for contracts. */
final class Approvals {
  /** How long a question waits. */
  static final Duration QUESTION = Duration.ofSeconds(5);

  /** How long its task lives. */
  static final Duration TASK = Duration.ofSeconds(10);

  private final Instant now;

  Approvals(Instant now) {
    this.now = now;
  }

  /** A call that no other is the same as. */
  CallBinding call(String tenant, String subject) {
    return call(tenant, subject, "");
  }

  /** One with this in each of its texts, save those that it is kept by. */
  CallBinding call(String tenant, String subject, String odd) {
    String one = UUID.randomUUID().toString();
    return new CallBinding(
        tenant,
        "task-" + one + odd,
        "planner" + odd,
        subject + odd,
        "pay" + odd,
        "bank-server" + odd,
        "sha256:definition" + odd,
        "bank.example" + odd,
        "hmac-sha256:" + one + odd,
        "revision-1" + odd);
  }

  ApprovalRequest waiting(CallBinding call) {
    return waiting(call, "{\"amount\":900,\"to\":\"Landlord\"}", "");
  }

  ApprovalRequest waiting(CallBinding call, String arguments, String odd) {
    TaskOrigin origin =
        new TaskOrigin(
            new AgentIdentity(
                call.agent(), Set.of("office" + odd, "payers"), "treasury" + odd, null, "v" + odd),
            "chat-1" + odd,
            Intent.human("Pay the rent." + odd).asking(Set.of(Effect.PAY, Effect.READ)),
            "hmac-sha256:intent" + odd,
            "production" + odd,
            now,
            now.plus(TASK),
            List.of("boss" + odd, call.agent()),
            List.of("delegation-1" + odd, "delegation-2"),
            "signed" + odd,
            new TaskHistory(
                7,
                2,
                1,
                Set.of("read", "pay"),
                Set.of("internal"),
                Set.of("untrusted"),
                Set.of("partners" + odd),
                Set.of("bank-data" + odd)));
    return new ApprovalRequest(
        UUID.randomUUID().toString(),
        "call-1" + odd,
        call,
        arguments,
        origin,
        new Basis("cedar" + odd, call.revision(), List.of("p2" + odd, "p1")),
        true,
        Set.of("treasurer" + odd, "auditor"),
        now,
        now.plus(QUESTION),
        ApprovalState.PENDING,
        "",
        Set.of(),
        now);
  }

  /** The same one in another state, as a gate or a desk would write it. */
  static ApprovalRequest in(ApprovalState state, ApprovalRequest one, String by, Instant at) {
    return new ApprovalRequest(
        one.id(),
        one.callId(),
        one.call(),
        one.arguments(),
        one.origin(),
        one.basis(),
        one.byOther(),
        one.byRoles(),
        one.askedAt(),
        one.expiresAt(),
        state,
        by,
        by.isEmpty() ? Set.of() : Set.of("treasurer", "role of " + by),
        at);
  }

  /** The same call, decided under other policies. */
  static CallBinding under(String revision, CallBinding call) {
    return new CallBinding(
        call.tenant(),
        call.taskId(),
        call.agent(),
        call.subject(),
        call.tool(),
        call.source(),
        call.definition(),
        call.destination(),
        call.arguments(),
        revision);
  }

  /** Each call that differs from this one in one thing other than the policies. */
  static List<CallBinding> others(CallBinding call) {
    String[] parts = {
      call.tenant(),
      call.taskId(),
      call.agent(),
      call.subject(),
      call.tool(),
      call.source(),
      call.definition(),
      call.destination(),
      call.arguments()
    };
    List<CallBinding> others = new java.util.ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      String[] p = parts.clone();
      p[i] += "x";
      others.add(
          new CallBinding(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], call.revision()));
    }
    // What ends one part must not begin the next one.
    others.add(
        new CallBinding(
            call.tenant(),
            call.taskId() + call.agent().charAt(0),
            call.agent().substring(1),
            call.subject(),
            call.tool(),
            call.source(),
            call.definition(),
            call.destination(),
            call.arguments(),
            call.revision()));
    return others;
  }
}
