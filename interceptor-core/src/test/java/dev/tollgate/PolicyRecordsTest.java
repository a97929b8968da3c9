package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.PolicyChanged;
import dev.tollgate.audit.PolicyUnprotected;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.policy.ShadowedDecisionPoint;
import dev.tollgate.reason.ReasonCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to the policies is counted and on record. */
class PolicyRecordsTest {
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final List<PolicyListener> listeners = new ArrayList<>();

  private Bench bench(PolicyDecisionPoint policy) {
    Bench bench = new Bench(policy);
    bench.builder.openTelemetry(
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build());
    return bench;
  }

  private PolicyDecisionPoint listened() {
    return new PolicyDecisionPoint() {
      @Override
      public List<Decision> decide(List<PolicyRequest> requests) {
        return List.of();
      }

      @Override
      public String revision() {
        return "r1";
      }

      @Override
      public void listen(PolicyListener listener) {
        listeners.add(listener);
      }

      @Override
      public String name() {
        return "listened";
      }
    };
  }

  /** Points of a metric as {@code attributes=value}, sorted. */
  private List<String> points(String name) {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .map(PolicyRecordsTest::text)
        .sorted()
        .toList();
  }

  private static String text(LongPointData point) {
    StringBuilder text = new StringBuilder();
    point
        .getAttributes()
        .forEach((key, value) -> text.append(value).append(' ')); // sorted by their keys
    return text.append(point.getValue()).toString();
  }

  @Test
  void aReloadGoesOnRecordWithWhatItTookAway() {
    Bench bench = bench(listened());
    bench.gate();
    listeners
        .get(0)
        .reloaded(new PolicyListener.Change("r1", "r2", 3, List.of("f1", "f2"), List.of("p1")));
    assertThat(bench.sink.records(PolicyChanged.class))
        .containsExactly(new PolicyChanged("r1", "r2", 3, List.of("f1", "f2"), List.of("p1")));
    assertThat(bench.sink.entries.get(0).tenant()).isEqualTo(AuditEntry.UNASSIGNED);
    assertThat(points("tollgate.policy.reloads")).containsExactly("ok 1");
    assertThat(points("tollgate.policy.forbids.gone")).containsExactly("2");
  }

  @Test
  void aFailureIsCountedEachTimeAndRecordedOnce() {
    Bench bench = bench(listened());
    bench.gate();
    PolicyListener gate = listeners.get(0);
    gate.reloadFailed("bad");
    gate.reloadFailed("bad");
    gate.reloadFailed("worse");
    gate.reloaded(new PolicyListener.Change("r1", "r2", 0, List.of(), List.of()));
    gate.reloadFailed("worse");
    assertThat(bench.sink.kinds())
        .containsExactly(
            "policy_reload_failed",
            "policy_reload_failed",
            "policy_changed",
            "policy_reload_failed");
    assertThat(points("tollgate.policy.reloads")).containsExactly("failed 4", "ok 1");
  }

  @Test
  void anAuditThatFailsBreaksNothing() {
    Bench bench = bench(listened());
    bench.gate();
    bench.sink.throwing = true;
    listeners.get(0).reloadFailed("bad");
    listeners.get(0).cacheLost("pay");
    assertThat(points("tollgate.audit.failures")).containsExactly("1");
    assertThat(points("tollgate.policy.cache.lost")).containsExactly("1");
  }

  @Test
  void whatIsNotProtectedIsKnownFromTheStart() {
    Bench bench = bench(listened());
    bench.builder.unprotected("tollgate.policy.folder /policies");
    bench.gate();
    assertThat(bench.sink.records(PolicyUnprotected.class))
        .containsExactly(new PolicyUnprotected("tollgate.policy.folder /policies"));
    assertThat(points("tollgate.policy.unprotected")).containsExactly("1");
  }

  @Test
  void aShadowThatDisagreesIsCountedAndOnRecordAndTheCallRuns() {
    Bench bench =
        bench(new ShadowedDecisionPoint(Policy.permit(), Policy.deny(ReasonCode.POLICY_FORBIDDEN)));
    assertThat(Bench.reason(bench.run("read"))).isNull();
    assertThat(bench.sink.kinds())
        .containsExactly("proposed", "decided", "shadow_decided", "dispatched", "outcome");
    assertThat(points("tollgate.policy.shadow")).containsExactly("false permit deny 1");
  }

  @Test
  void theMetricTellsWhatWasEnforcedFromWhatWasOnlyObserved() {
    Bench bench = bench(Policy.deny(ReasonCode.POLICY_FORBIDDEN));
    bench.builder.observe(true);
    assertThat(Bench.reason(bench.run("read"))).isNull();
    assertThat(points("tollgate.decisions")).containsExactly("false deny policy_forbidden 1");
  }
}
