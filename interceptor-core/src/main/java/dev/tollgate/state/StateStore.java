package dev.tollgate.state;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A small store that several threads, and with a shared implementation several processes, agree on.
 * Every operation is atomic and linearizable for its key. A store that cannot answer throws {@link
 * StateException}, and the gate denies.
 */
public interface StateStore extends AutoCloseable {

  /** Stores the value if the key has none; false if it has one. */
  boolean putIfAbsent(StateKey key, String value, Duration life);

  Optional<String> get(StateKey key);

  /**
   * What a tenant keeps in a room: the value of each live entry by its id, sorted by id (UTF-16
   * code units). An unmodifiable snapshot; empty if there is nothing. It costs as much as the room
   * holds, whatever else the store does.
   */
  Map<String, String> list(String tenant, String room);

  /** Replaces the value if it is the expected one. The key keeps its end. */
  boolean replace(StateKey key, String expected, String value);

  /** Removes the value if it is the expected one: whoever gets true was the only one. */
  boolean remove(StateKey key, String expected);

  /**
   * Adds to a counter that starts at 0, unless it would then be above the limit.
   *
   * @param delta what to add, 0 or more
   * @param life how long a new counter lives; an existing one keeps its end
   * @return the new value, or empty if the limit forbids it, in which case nothing was added
   */
  OptionalLong add(StateKey key, long delta, long limit, Duration life);

  /** Tells all subscribers of a topic, also those of other processes. */
  void publish(String topic, String message);

  /**
   * Calls the listener for every message published from now on, until the subscription is closed.
   */
  Subscription subscribe(String topic, Consumer<String> listener);

  @Override
  void close();

  /** Ends when closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
