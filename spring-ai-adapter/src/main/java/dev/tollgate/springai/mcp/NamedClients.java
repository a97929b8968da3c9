package dev.tollgate.springai.mcp;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which client is whose connection, for all applications of this process: told apart by the very
 * object that a client introduces itself with, which no server can exchange.
 */
final class NamedClients {
  private static final List<Named> ALL = new CopyOnWriteArrayList<>();

  private NamedClients() {}

  private static final class Named extends WeakReference<Object> {
    private final Connection connection;

    Named(Object introduction, Connection connection) {
      super(introduction);
      this.connection = connection;
    }
  }

  static void name(Object introduction, Connection connection) {
    ALL.removeIf(named -> named.refersTo(null) || named.refersTo(introduction));
    ALL.add(new Named(introduction, connection));
  }

  static @Nullable Connection of(@Nullable Object introduction) {
    if (introduction != null) {
      for (Named named : ALL) {
        if (named.refersTo(introduction)) {
          return named.connection;
        }
      }
    }
    return null;
  }
}
