package dev.tollgate.springai;

import dev.tollgate.Denial;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.springai.weave.Weaving;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate that aspects ask, which belong to no container: that of the one container of this
 * process. With none, or several that have gates of their own, they deny. Thread-safe.
 */
final class WovenGate {
  /** There is no gate to ask, so nothing runs and there is no decision to look up. */
  static final Denial NO_GATE = new Denial(ReasonCode.GATE_MISSING, "none");

  private static final Logger log = LoggerFactory.getLogger(WovenGate.class);
  private static final WovenGate PROCESS = new WovenGate();

  private final List<Gateway> installed = new ArrayList<>();
  private volatile @Nullable Gateway only;
  private volatile boolean off;
  private int offs;

  static WovenGate process() {
    return PROCESS;
  }

  void install(Gateway gateway) {
    gateway.gate(); // made outside the lock
    synchronized (this) {
      installed.add(gateway);
      settle();
      if (only == null && Weaving.active()) {
        log.warn(
            "{} application contexts with gates of their own are in this process: calls that only"
                + " aspects see are denied while it is so",
            installed.size());
      }
    }
  }

  synchronized void uninstall(Gateway gateway) {
    installed.remove(gateway);
    settle();
  }

  /** A container with {@code tollgate.enabled=false}; one with a gate wins. */
  synchronized void switchOff(boolean switched) {
    offs += switched ? 1 : -1;
    settle();
  }

  private void settle() {
    boolean one = installed.stream().map(Gateway::gate).distinct().limit(2).count() == 1;
    only = one ? installed.get(installed.size() - 1) : null;
    off = installed.isEmpty() && offs > 0;
  }

  /** The gate to ask; {@code null} if there is none, or nobody knows which. */
  @Nullable Gateway gateway() {
    return only;
  }

  /** Whether this process is to run without a gate. */
  boolean off() {
    return off;
  }
}
