package dev.tollgate.task;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A value for what runs inside a scope: in the OpenTelemetry context, which carries it to other
 * threads, and on the thread beside it. Tracing bridges put back contexts that are older than the
 * scope; the thread's value wins over those, and over no others. Thread-safe.
 *
 * @param <T> immutable: a scope hands the same instance to several threads
 */
public final class Ambient<T> {
  private final ContextKey<Held<T>> key;

  @SuppressWarnings("ThreadLocalUsage") // each of these is in a static field
  private final ThreadLocal<@Nullable Held<T>> here = new ThreadLocal<>();

  /**
   * @param name for people who look at a context
   */
  public Ambient(String name) {
    this.key = ContextKey.named(name);
  }

  /** A value, and what was ambient around it. */
  private record Held<T>(T value, @Nullable Held<T> outer) {
    @SuppressWarnings("ReferenceEquality") // the very scope
    boolean within(@Nullable Held<T> other) {
      for (Held<T> at = this; at != null; at = at.outer) {
        if (at == other) {
          return true;
        }
      }
      return other == null;
    }
  }

  /** Makes a value ambient on this thread until the scope is closed, on the same thread. */
  @SuppressWarnings({"MustBeClosedChecker", "ReferenceEquality"}) // closed by what is returned
  public Scope open(T value) {
    Held<T> held = new Held<>(value, held(Context.current()));
    Held<T> before = here.get();
    Scope context = Context.current().with(key, held).makeCurrent();
    here.set(held);
    return () -> {
      if (here.get() == held) { // not on another thread, nor twice: that would be somebody else's
        here.set(before); // not removed if null: every call would make the thread's entry anew
      }
      context.close();
    };
  }

  /** A context that carries a value. */
  public Context in(Context context, T value) {
    return context.with(key, new Held<>(value, held(context)));
  }

  /** The innermost value here; {@code null} if no scope is open. */
  public @Nullable T current() {
    Held<T> held = held(Context.current());
    return held == null ? null : held.value;
  }

  private @Nullable Held<T> held(Context context) {
    Held<T> thread = here.get();
    Held<T> carried = context.get(key);
    return thread != null && thread.within(carried) ? thread : carried;
  }
}
