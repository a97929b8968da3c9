package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.telemetry.DecidedCall;
import dev.tollgate.telemetry.GateListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last decisions of this process, newest first, and no more than a few. Thread-safe. */
final class RecentDecisions implements GateListener, AutoCloseable {
  private static final int MOST = 100;
  private final Deque<Made> made = new ArrayDeque<>(MOST);
  private final ToolGate gate;
  private final Clock clock;

  RecentDecisions(ToolGate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
    gate.listen(this);
  }

  /** The gate may be the application's own, and live longer. */
  @Override
  public void close() {
    gate.unlisten(this);
  }

  /** A decision and when it was made. */
  record Made(Instant at, DecidedCall call) {}

  @Override
  public void decided(DecidedCall call) {
    Made now = new Made(clock.instant(), call);
    synchronized (made) {
      if (made.size() == MOST) {
        made.removeLast();
      }
      made.addFirst(now);
    }
  }

  List<Made> newestFirst() {
    synchronized (made) {
      return new ArrayList<>(made);
    }
  }
}
