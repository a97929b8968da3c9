package dev.tollgate.state;

import dev.tollgate.GateClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for one process. Expired entries are dropped when they are met, and swept every 1024
 * writes.
 */
public final class InMemoryStateStore implements StateStore {
  private static final Logger log = LoggerFactory.getLogger(InMemoryStateStore.class);

  private record Entry(String value, long endNanos) {}

  private final GateClock clock;
  private final Map<StateKey, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<String>>> topics = new ConcurrentHashMap<>();
  private int writes;

  public InMemoryStateStore(GateClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean putIfAbsent(StateKey key, String value, Duration life) {
    sweep();
    if (live(key) != null) {
      return false;
    }
    entries.put(key, new Entry(value, clock.nanos() + life.toNanos()));
    return true;
  }

  @Override
  public synchronized Optional<String> get(StateKey key) {
    Entry entry = live(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value);
  }

  @Override
  public synchronized boolean replace(StateKey key, String expected, String value) {
    Entry entry = live(key);
    if (entry == null || !entry.value.equals(expected)) {
      return false;
    }
    entries.put(key, new Entry(value, entry.endNanos));
    return true;
  }

  @Override
  public synchronized boolean remove(StateKey key, String expected) {
    Entry entry = live(key);
    return entry != null && entry.value.equals(expected) && entries.remove(key) != null;
  }

  @Override
  public synchronized OptionalLong add(StateKey key, long delta, long limit, Duration life) {
    sweep();
    Entry entry = live(key);
    long before = entry == null ? 0 : number(entry.value);
    if (delta < 0 || before > limit || delta > limit - before) {
      return OptionalLong.empty();
    }
    long end = entry == null ? clock.nanos() + life.toNanos() : entry.endNanos;
    entries.put(key, new Entry(Long.toString(before + delta), end));
    return OptionalLong.of(before + delta);
  }

  @Override
  public void publish(String topic, String message) {
    for (Consumer<String> listener : topics.getOrDefault(topic, List.of())) {
      try {
        listener.accept(message);
      } catch (RuntimeException e) {
        // The others must still learn of a revocation.
        log.error("a listener of {} failed", topic, e);
      }
    }
  }

  @Override
  public Subscription subscribe(String topic, Consumer<String> listener) {
    topics.compute(
        topic,
        (key, listeners) -> {
          List<Consumer<String>> all = listeners == null ? new CopyOnWriteArrayList<>() : listeners;
          all.add(listener);
          return all;
        });
    return () ->
        topics.computeIfPresent(
            topic,
            (key, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }

  private static long number(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new StateException("the key holds no counter", e);
    }
  }

  private @Nullable Entry live(StateKey key) {
    Entry entry = entries.get(key);
    if (entry != null && clock.nanos() - entry.endNanos >= 0) {
      entries.remove(key);
      return null;
    }
    return entry;
  }

  private void sweep() {
    if (++writes % 1024 == 0) {
      long now = clock.nanos();
      entries.values().removeIf(entry -> now - entry.endNanos >= 0);
    }
  }

  @Override
  public void close() {
    topics.clear();
  }
}
