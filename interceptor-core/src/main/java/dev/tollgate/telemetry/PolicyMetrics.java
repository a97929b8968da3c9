package dev.tollgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/** What happens to the policies, counted. */
final class PolicyMetrics {
  private final LongCounter reloads;
  private final LongCounter forbidsGone;
  private final LongCounter cacheLost;
  private final LongCounter unprotected;
  private final LongCounter shadow;

  PolicyMetrics(Meter meter) {
    reloads = counter(meter, TelemetryNames.METRIC_RELOADS, "Policies loaded anew: ok, failed");
    forbidsGone =
        counter(meter, TelemetryNames.METRIC_FORBIDS_GONE, "Forbids that a reload took or changed");
    cacheLost =
        counter(meter, TelemetryNames.METRIC_CACHE_LOST, "Tools whose policies were cached anew");
    unprotected =
        counter(meter, TelemetryNames.METRIC_UNPROTECTED, "Policies that the process can write");
    shadow = counter(meter, TelemetryNames.METRIC_SHADOW, "Answers of the shadow set, compared");
  }

  private static LongCounter counter(Meter meter, String name, String description) {
    return meter.counterBuilder(name).setDescription(description).build();
  }

  void reloaded(boolean ok) {
    reloads.add(1, Attributes.of(TelemetryNames.RESULT, ok ? "ok" : "failed"));
  }

  void forbidsGone(int count) {
    forbidsGone.add(count);
  }

  void cacheLost() {
    cacheLost.add(1);
  }

  void unprotected() {
    unprotected.add(1);
  }

  void shadowed(boolean agrees, String from, String to) {
    shadow.add(
        1,
        Attributes.of(
            TelemetryNames.AGREE, agrees, TelemetryNames.FROM, from, TelemetryNames.TO, to));
  }
}
