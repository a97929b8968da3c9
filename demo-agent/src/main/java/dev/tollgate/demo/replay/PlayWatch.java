package dev.tollgate.demo.replay;

/** Told what a player does. What happens outside a trace is nobody's recorded call. */
public interface PlayWatch {

  /** A trace begins. */
  void begins(RecordedTrace trace);

  /** The body of a tool runs. */
  void bodyRan(String tool);

  /** The trace ended, however it did. */
  void ends();
}
