package dev.tollgate.state;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to which topic in this process. Thread-safe. */
final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);

  private final Map<String, List<Consumer<String>>> topics = new ConcurrentHashMap<>();

  void publish(String topic, String message) {
    for (Consumer<String> listener : topics.getOrDefault(topic, List.of())) {
      try {
        listener.accept(message);
      } catch (RuntimeException e) {
        // The others must still learn of a revocation.
        log.error("a listener of {} failed", topic, e);
      }
    }
  }

  StateStore.Subscription subscribe(String topic, Consumer<String> listener) {
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

  void clear() {
    topics.clear();
  }
}
