package dev.tollgate;

/** Who makes the {@code execute_tool} span of a call. */
public enum SpanOwner {
  /** The gate does. */
  GATE,
  /** The framework has made one and it is current: the gate enriches it. */
  FRAMEWORK
}
