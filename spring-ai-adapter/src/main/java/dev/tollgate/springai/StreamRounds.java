package dev.tollgate.springai;

import dev.tollgate.task.Task;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose the later rounds of a stream are on Spring AI 1.1, whose models put them together where no
 * task is carried: known by the very options that all rounds of a request share. Good for the list
 * of tools and nothing else: a call without a carried task is denied. Thread-safe.
 */
final class StreamRounds {
  private final Map<Key, Task> tasks = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  void ran(Object options, @Nullable Task task) {
    for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
      tasks.remove(old);
    }
    if (task != null) {
      tasks.put(new Key(options, gone), task);
    }
  }

  @Nullable Task task(Object options) {
    return tasks.isEmpty() ? null : tasks.get(new Key(options, null));
  }

  /** The object, not what it is equal to, and no longer than it is there. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object options, @Nullable ReferenceQueue<Object> gone) {
      super(options, gone);
      this.hash = System.identityHashCode(options);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      Object mine = get();
      return this == other || (other instanceof Key key && mine != null && mine == key.get());
    }
  }
}
