package dev.tollgate.springai.task;

import io.micrometer.observation.Observation;

/**
 * Makes the chat's observation current where a stream's tools run. Spring AI 1.1 leaves it in the
 * Reactor context, so that each tool would begin a trace of its own; 2.0 finds its parent there,
 * but the gate's own spans would not.
 */
public final class StreamObservation {
  // ObservationThreadLocalAccessor's, which needs context-propagation to load.
  private static final String KEY = "micrometer.observation";

  private StreamObservation() {}

  /** To be closed on this thread. Opens nothing if none is carried, or one is current already. */
  public static Observation.Scope open() {
    Object carried = ReactiveTask.context().<Object>getOrDefault(KEY, Observation.NOOP);
    return carried instanceof Observation observation
            && observation.getObservationRegistry().getCurrentObservation() == null
        ? observation.openScope()
        : Observation.Scope.NOOP;
  }
}
