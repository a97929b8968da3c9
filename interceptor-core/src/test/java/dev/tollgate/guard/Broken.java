package dev.tollgate.guard;

import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store that breaks in the middle of its work: after so many additions, in one way or another.
 */
final class Broken implements StateStore {
  static final Supplier<OptionalLong> DOWN =
      () -> {
        throw new StateException("told to fail");
      };

  private final StateStore sound;
  private final Supplier<OptionalLong> way;
  private int left;

  Broken(StateStore sound, int additions, Supplier<OptionalLong> way) {
    this.sound = sound;
    this.left = additions;
    this.way = way;
  }

  @Override
  public OptionalLong add(StateKey key, long delta, long limit, Duration life) {
    return left-- > 0 ? sound.add(key, delta, limit, life) : way.get();
  }

  @Override
  public boolean putIfAbsent(StateKey key, String value, Duration life) {
    return sound.putIfAbsent(key, value, life);
  }

  @Override
  public Optional<String> get(StateKey key) {
    return sound.get(key);
  }

  @Override
  public Map<String, String> list(String tenant, String room) {
    return sound.list(tenant, room);
  }

  @Override
  public boolean replace(StateKey key, String expected, String value) {
    return sound.replace(key, expected, value);
  }

  @Override
  public boolean remove(StateKey key, String expected) {
    return sound.remove(key, expected);
  }

  @Override
  public void publish(String topic, String message) {
    sound.publish(topic, message);
  }

  @Override
  public Subscription subscribe(String topic, Consumer<String> listener) {
    return sound.subscribe(topic, listener);
  }

  @Override
  public void close() {
    sound.close();
  }
}
