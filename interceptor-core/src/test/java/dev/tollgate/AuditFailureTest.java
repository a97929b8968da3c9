package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that refuses, and one that throws what it did not declare. */
class AuditFailureTest {
  private final Bench bench = new Bench(Policy.permit());

  private void breakSink(boolean declared, boolean on) {
    bench.sink.failing = declared && on;
    bench.sink.throwing = !declared && on;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beforeDispatchNothingRuns(boolean declared) {
    breakSink(declared, true);
    assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    List<Admission> admissions = bench.gate().admit(List.of(bench.call("read")));
    assertThat(Bench.reason(bench.gate().execute(admissions.get(0), bench.body())))
        .isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    assertThat(bench.runs).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDenialThatCannotBeRecordedSaysSo(boolean declared) {
    Bench denying = new Bench(Policy.deny(ReasonCode.POLICY_FORBIDDEN));
    denying.sink.failing = declared;
    denying.sink.throwing = !declared;
    assertThat(Bench.reason(denying.run("read"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterDispatchTheResultIsKeptAndTheNextCallDenied(boolean declared) {
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call("read"),
                text -> {
                  breakSink(declared, true);
                  return ToolResult.returned("paid");
                });
    assertThat(result).isEqualTo(ToolResult.returned("paid"));
    assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
  }

  /** The disk is full for a moment: what could not be written then is written with the rest. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theStoryIsWholeIfTheSinkRecovers(boolean declared) {
    breakSink(declared, true);
    bench.builder.policy(Policy.permit());
    ToolCall call = bench.call("read");
    java.util.concurrent.atomic.AtomicInteger asked =
        new java.util.concurrent.atomic.AtomicInteger();
    dev.tollgate.audit.AuditSink recovering =
        new dev.tollgate.audit.AuditSink() {
          @Override
          public void append(List<dev.tollgate.audit.AuditEntry> entries)
              throws dev.tollgate.audit.AuditException {
            breakSink(declared, asked.incrementAndGet() == 1);
            bench.sink.append(entries);
          }

          @Override
          public void close() {}
        };
    Bench other = new Bench(Policy.permit());
    other.builder.audit(recovering);
    assertThat(call.tool().name()).isEqualTo("read");
    assertThat(Bench.reason(other.run("read"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided", "dispatched", "refused");
    assertThat(other.runs).hasValue(0);
  }
}
