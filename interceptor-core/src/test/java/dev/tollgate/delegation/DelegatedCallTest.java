package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Through the whole gate. */
class DelegatedCallTest {
  private final Bench bench = new Bench(Policy.permit());

  private String hand(Task task, Grant grant) {
    try {
      return bench.gate().delegations().delegate(task, grant);
    } catch (DelegationException e) {
      throw new AssertionError(e.reason().code(), e);
    }
  }

  private Task accept(String token, String receiver) {
    Caller alice = Caller.of("acme", "alice");
    return bench.gate().delegations().accept(token, alice, AgentIdentity.of(receiver));
  }

  /** Why a call was denied; {@code null} if it ran. */
  private @Nullable ReasonCode call(Task task, String tool) {
    int before = bench.runs.get();
    try (Scope ambient = task.open()) {
      ToolResult result = bench.gate().call(bench.call(task, bench.tool(tool), "{}"), bench.body());
      ReasonCode reason = Bench.reason(result);
      assertThat(bench.runs.get() - before).isEqualTo(reason == null ? 1 : 0);
      assertThat(bench.sink.kinds()).contains("decided");
      return reason;
    }
  }

  @Test
  void aCallWithinWhatWasHandedOverRunsAndOneBeyondItDoesNot() {
    Task clerk = accept(hand(bench.task(), Grant.to("clerk").tools("read").calls(2)), "clerk");
    assertThat(call(clerk, "read")).isNull();
    assertThat(call(clerk, "pay")).isEqualTo(ReasonCode.DELEGATION_TOOL);
    assertThat(call(clerk, "read")).isNull();
    assertThat(call(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(bench.sink.records(AuditRecord.Proposed.class))
        .extracting(AuditRecord.Proposed::agent)
        .containsOnly("clerk");
  }

  @Test
  void whatDidNotVerifyDeniesEveryCallOnRecord() {
    String token = hand(bench.task(), Grant.to("clerk").tools("read"));
    Task forged = accept(token + "A", "clerk");
    assertThat(call(forged, "read")).isEqualTo(ReasonCode.DELEGATION_FORGED);
    Task foreign = accept(token, "teller");
    assertThat(call(foreign, "read")).isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    accept(token, "clerk");
    assertThat(call(accept(token, "clerk"), "read")).isEqualTo(ReasonCode.DELEGATION_REPLAYED);
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .extracting(AuditRecord.Decided::reason)
        .containsExactly("delegation_forged", "delegation_foreign", "delegation_replayed");
  }

  @Test
  void observeModeOpensBoundsAndNeverWhatIsInvalid() {
    bench.builder.observe(true);
    Task clerk = accept(hand(bench.task(), Grant.to("clerk").tools("read")), "clerk");
    assertThat(call(clerk, "read")).isNull();
    bench.clock.pass(Duration.ofMinutes(5).plusSeconds(1));
    // The task has ended with it, which observe mode would open.
    assertThat(call(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_EXPIRED);
    assertThat(call(accept("forged", "clerk"), "read")).isEqualTo(ReasonCode.DELEGATION_FORGED);
    Task reader = accept(hand(bench.task(), Grant.to("clerk").tools("read").calls(0)), "clerk");
    assertThat(call(reader, "read")).isNull();
  }

  @Test
  void whatEndsBetweenDecisionAndDispatchDoesNotRun() {
    Task clerk =
        accept(
            hand(bench.task(), Grant.to("clerk").tools("read").lifetime(Duration.ofSeconds(2))),
            "clerk");
    var admission = bench.gate().admit(List.of(bench.call(clerk, bench.tool("read"), "{}"))).get(0);
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.DELEGATION_EXPIRED);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void revokingADelegationEndsWhatComesFromIt() {
    Task clerk = accept(hand(bench.task(), Grant.to("clerk").tools("read").depth(1)), "clerk");
    Task teller = accept(hand(clerk, Grant.to("teller").tools("read")), "teller");
    assertThat(call(teller, "read")).isNull();
    bench
        .gate()
        .killSwitch()
        .revoke(RevocationTarget.delegation("acme", Office.verified(clerk).id()), "bob");
    assertThat(call(teller, "read")).isEqualTo(ReasonCode.DELEGATION_REVOKED);
  }
}
