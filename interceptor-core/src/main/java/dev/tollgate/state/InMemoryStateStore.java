package dev.tollgate.state;

import dev.tollgate.GateClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store for one process, which ends with it. */
public final class InMemoryStateStore implements StateStore {
  private final StateTable table;
  private final Topics topics = new Topics();

  public InMemoryStateStore(GateClock clock) {
    this.table = new StateTable(clock, StateTable.NONE);
  }

  @Override
  public synchronized boolean putIfAbsent(StateKey key, String value, Duration life) {
    return table.putIfAbsent(key, value, life);
  }

  @Override
  public synchronized Optional<String> get(StateKey key) {
    return table.get(key);
  }

  @Override
  public synchronized Map<String, String> list(String tenant, String room) {
    return table.list(tenant, room);
  }

  @Override
  public synchronized boolean replace(StateKey key, String expected, String value) {
    return table.replace(key, expected, value);
  }

  @Override
  public synchronized boolean remove(StateKey key, String expected) {
    return table.remove(key, expected);
  }

  @Override
  public synchronized OptionalLong add(StateKey key, long delta, long limit, Duration life) {
    return table.add(key, delta, limit, life);
  }

  @Override
  public void publish(String topic, String message) {
    topics.publish(topic, message);
  }

  @Override
  public Subscription subscribe(String topic, Consumer<String> listener) {
    return topics.subscribe(topic, listener);
  }

  @Override
  public void close() {
    topics.clear();
  }
}
