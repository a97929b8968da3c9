package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task's end is looked at when a call is decided on, and again when it is about to run. */
class DeadlineTest {
  private static final Duration SHORT = Duration.ofSeconds(10);

  private static Bench shortTasks(Policy policy) {
    Bench bench = new Bench(policy);
    bench.builder.limits(new GateLimits(SHORT, Duration.ofSeconds(30), JsonLimits.DEFAULT));
    return bench;
  }

  private static @Nullable ReasonCode late(Bench bench, ToolCall call, Duration by) {
    Admission admission = bench.gate().admit(List.of(call)).get(0);
    bench.clock.pass(by);
    return Bench.reason(bench.gate().execute(admission, bench.body()));
  }

  @Test
  void aTaskThatEndsBetweenAdmissionAndDispatch() {
    Bench bench = shortTasks(Policy.permit());
    assertThat(late(bench, bench.call("read"), SHORT)).isNull();
    assertThat(late(bench, bench.call("read"), SHORT.plusNanos(1)))
        .isEqualTo(ReasonCode.TASK_EXPIRED);
    assertThat(bench.runs).hasValue(1);
  }

  @Test
  void aTaskThatEndsWhileATokenServerTakesItsTime() {
    Bench bench = shortTasks(Policy.permit());
    AtomicInteger revoked = new AtomicInteger();
    bench.builder.credentials(
        new CredentialIssuer() {
          @Override
          public IssuedCredential issue(CredentialRequest request) {
            bench.clock.pass(SHORT.plusSeconds(1));
            return new IssuedCredential(
                "jti", Secret.of("t"), "bank", java.util.Set.of("pay"), bench.clock.wall, true);
          }

          @Override
          public void revoke(Secret token) {
            revoked.incrementAndGet();
          }

          @Override
          public String name() {
            return "slow";
          }
        },
        new RevocationOutbox() {
          @Override
          public void put(String lease, IssuedCredential credential) {}

          @Override
          public void remove(String lease) {}

          @Override
          public List<Pending> pending() {
            return List.of();
          }
        });
    assertThat(Bench.reason(bench.run("pay"))).isEqualTo(ReasonCode.TASK_EXPIRED);
    assertThat(bench.runs).hasValue(0);
    assertThat(revoked).hasValue(1);
  }

  @Test
  void anApprovalThatEndsBetweenAdmissionAndDispatch() {
    Bench bench = new Bench(Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of())));
    bench.builder.approvals(20, SHORT);
    assertThat(late(bench, approved(bench), SHORT.minusNanos(1))).isNull();
    assertThat(late(bench, approved(bench), SHORT.plusNanos(1)))
        .isEqualTo(ReasonCode.APPROVAL_EXPIRED);
  }

  /** A call that a person has just approved. */
  private static ToolCall approved(Bench bench) {
    ToolCall call = bench.call("read");
    ApprovalDesk desk = Objects.requireNonNull(bench.gate().approvals());
    String id = ((Refusal) bench.gate().admit(List.of(call)).get(0)).denial().approvalId();
    Approver bob = Approver.person("acme", "bob", null);
    assertThat(desk.approve("acme", Objects.requireNonNull(id), bob))
        .isInstanceOf(ApprovalAnswer.Taken.class);
    return call;
  }

  /** Closing waits for what runs; what was admitted before and has not begun is denied. */
  @Test
  void aGateThatClosesWhileACallIsOnItsWay() {
    Bench bench = new Bench(Policy.permit());
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    bench.gate().close();
    assertThat(bench.gate().killSwitch().end(bench.task()).inFlight()).isEmpty();
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.GATE_CLOSED);
    assertThat(bench.runs).hasValue(0);
  }
}
