package dev.tollgate.springai.mcp;

import org.jspecify.annotations.Nullable;

/** A delegation for the one server whose tool runs on this thread. */
record Handed(Connection connection, String delegation) {
  // Not in the OpenTelemetry context, which tracing bridges put back as it was before the call.
  private static final ThreadLocal<@Nullable Handed> HERE = new ThreadLocal<>();

  /** Puts back what was there, if anything, when it is closed. */
  static final class During implements AutoCloseable {
    private final @Nullable Handed before = HERE.get();

    @Override
    public void close() {
      set(before);
    }
  }

  /**
   * @param handed {@code null} where nothing is handed on
   */
  static During during(@Nullable Handed handed) {
    During during = new During();
    set(handed);
    return during;
  }

  /** What this connection is to get; {@code null} if nothing, or if it is another's. */
  @SuppressWarnings("ReferenceEquality") // the very connection
  static @Nullable String to(@Nullable Connection connection) {
    Handed handed = HERE.get();
    return handed != null && handed.connection == connection ? handed.delegation : null;
  }

  private static void set(@Nullable Handed handed) {
    if (handed == null) {
      HERE.remove();
    } else {
      HERE.set(handed);
    }
  }

  @Override
  public String toString() {
    return "Handed[" + connection.name() + "]";
  }
}
