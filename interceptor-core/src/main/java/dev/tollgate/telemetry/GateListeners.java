package dev.tollgate.telemetry;

import dev.tollgate.ToolCall;
import dev.tollgate.policy.Decision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all who listen; one that fails breaks neither the call nor the others. Thread-safe. */
final class GateListeners {
  private static final Logger log = LoggerFactory.getLogger(GateListeners.class);
  private final List<GateListener> all = new CopyOnWriteArrayList<>();

  void add(GateListener listener) {
    all.add(listener);
  }

  void remove(GateListener listener) {
    all.remove(listener);
  }

  /** Apart from the others, so that nothing is made where nobody listens. */
  void decided(ToolCall call, Decision decision, boolean enforced) {
    if (!all.isEmpty()) {
      DecidedCall decided = DecidedCall.of(call, decision, enforced);
      tell(one -> one.decided(decided));
    }
  }

  void decisionTook(long nanos) {
    if (!all.isEmpty()) {
      tell(one -> one.decisionTook(nanos));
    }
  }

  void tell(Consumer<GateListener> news) {
    for (GateListener one : all) {
      try {
        news.accept(one);
      } catch (RuntimeException | Error e) {
        log.error("{} failed to hear what the gate did", one.getClass().getName(), e);
      }
    }
  }
}
