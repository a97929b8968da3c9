package dev.tollgate.spring.security;

import dev.tollgate.task.Caller;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * What each caller was signed in with, for as long as a task has it: tools run on other threads,
 * and two sessions of one user may have different rights. Thread-safe.
 */
final class Authentications {
  private static final Map<Key, Authentication> KNOWN = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Caller> GONE = new ReferenceQueue<>();

  private Authentications() {}

  static void remember(Caller caller, Authentication authentication) {
    for (Reference<?> ended = GONE.poll(); ended != null; ended = GONE.poll()) {
      KNOWN.remove(ended);
    }
    KNOWN.put(new Key(caller, GONE), authentication);
  }

  /** {@code null} if this very caller was not made of one. */
  static @Nullable Authentication of(Caller caller) {
    return KNOWN.get(new Key(caller, null));
  }

  static int size() {
    return KNOWN.size();
  }

  /** The very caller, not one that is equal to it. */
  @SuppressWarnings("ReferenceEquality")
  private static final class Key extends WeakReference<Caller> {
    private final int hash;

    Key(Caller caller, @Nullable ReferenceQueue<Caller> gone) {
      super(caller, gone);
      this.hash = System.identityHashCode(caller);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Caller mine = get();
      return mine != null && other instanceof Key key && key.get() == mine;
    }
  }
}
