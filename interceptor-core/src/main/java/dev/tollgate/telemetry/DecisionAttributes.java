package dev.tollgate.telemetry;

import dev.tollgate.policy.Decision;
import io.opentelemetry.api.common.Attributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The attributes of decisions. There are few different ones, and making them costs more than a
 * look-up.
 */
final class DecisionAttributes {
  /** Policy sets are reloaded now and then, and each has a revision of its own. */
  private static final int MOST = 1024;

  private record Key(String outcome, String reason, String revision) {}

  private static final ConcurrentMap<Key, Attributes> KNOWN = new ConcurrentHashMap<>();

  private DecisionAttributes() {}

  static Attributes of(Decision decision) {
    String reason = decision instanceof Decision.Deny deny ? deny.reason().code() : "";
    Key key = new Key(decision.outcome(), reason, decision.basis().revision());
    Attributes known = KNOWN.get(key);
    if (known == null) {
      if (KNOWN.size() >= MOST) {
        KNOWN.clear();
      }
      known =
          Attributes.of(
              TelemetryNames.OUTCOME,
              key.outcome,
              TelemetryNames.REASON,
              key.reason,
              TelemetryNames.REVISION,
              key.revision);
      KNOWN.put(key, known);
    }
    return known;
  }
}
