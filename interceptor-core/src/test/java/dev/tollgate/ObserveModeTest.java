package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** It decides and records, and lets run what may ever be opened. Nothing else. */
class ObserveModeTest {

  private static Bench observing(Policy policy) {
    Bench bench = new Bench(policy);
    bench.builder.observe(true);
    return bench;
  }

  private static void runs(Bench bench, ToolCall call) {
    assertThat(Bench.reason(bench.gate().call(call, bench.body()))).isNull();
    assertThat(bench.runs).hasValue(1);
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .singleElement()
        .satisfies(decided -> assertThat(decided.enforced()).isFalse());
  }

  private static void denied(Bench bench, ToolCall call, ReasonCode reason) {
    assertThat(Bench.reason(bench.gate().call(call, bench.body()))).isEqualTo(reason);
    assertThat(bench.runs).hasValue(0);
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .allSatisfy(decided -> assertThat(decided.enforced()).isTrue());
  }

  @Test
  void whatIsForbiddenRunsAndIsRecordedAsDenied() {
    Bench bench = observing(Policy.deny(ReasonCode.POLICY_FORBIDDEN));
    runs(bench, bench.call("read"));
    AuditRecord.Decided decided = bench.sink.records(AuditRecord.Decided.class).get(0);
    assertThat(decided.outcome()).isEqualTo("deny");
    assertThat(decided.reason()).isEqualTo("policy_forbidden");
  }

  @Test
  void aCallWithoutATaskRuns() {
    Bench bench = observing(Policy.permit());
    runs(bench, bench.call(null, bench.tool("read"), "{}"));
  }

  @Test
  void aCallOfAnExpiredTaskRuns() {
    Bench bench = observing(Policy.permit());
    ToolCall call = bench.call("read");
    bench.clock.pass(Duration.ofHours(1));
    runs(bench, call);
  }

  @Test
  void whatNeedsApprovalRuns() {
    Bench bench = observing(Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of())));
    runs(bench, bench.call("read"));
  }

  @Test
  void aPermitIsEnforced() {
    Bench bench = observing(Policy.permit());
    bench.run("read");
    assertThat(bench.sink.records(AuditRecord.Decided.class).get(0).enforced()).isTrue();
  }

  @Test
  void malformedArgumentsStayDenied() {
    Bench bench = observing(Policy.permit());
    denied(
        bench, bench.call(bench.task(), bench.tool("read"), "{"), ReasonCode.ARGUMENTS_MALFORMED);
  }

  @Test
  void anUnknownObligationStaysDenied() {
    Obligation dance = new Obligation.Unknown("dance");
    Bench permit = observing(Policy.permit(dance));
    denied(permit, permit.call("read"), ReasonCode.OBLIGATION_UNKNOWN);
    Bench approval =
        observing(Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of(dance))));
    denied(approval, approval.call("read"), ReasonCode.OBLIGATION_UNKNOWN);
  }

  /** A reason that can be opened must not hide one that never can. */
  @Test
  void anUnknownOrChangedToolStaysDeniedWithoutATask() {
    Bench bench = observing(Policy.permit());
    denied(bench, bench.call(null, Tool.unknown("rm", "model"), "{}"), ReasonCode.TOOL_UNKNOWN);
    Tool tool = bench.tool("read");
    Tool changed =
        new Tool(
            tool.name(),
            tool.source(),
            tool.definitionDigest(),
            "sha256:another",
            tool.standing(),
            tool.effect(),
            tool.arguments(),
            tool.destination(),
            tool.sensitivity(),
            tool.resultTrust(),
            null);
    denied(bench, bench.call(null, changed, "{}"), ReasonCode.TOOL_DEFINITION_CHANGED);
  }

  @Test
  @SuppressWarnings("NullAway") // what a foreign policy may do
  void noAnswerStaysDenied() {
    Bench bench = observing(Policy.each(r -> null));
    denied(bench, bench.call("read"), ReasonCode.POLICY_NO_ANSWER);
  }
}
