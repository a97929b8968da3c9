package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} must do. */
public abstract class StateStoreContract {
  private static final Duration LIFE = Duration.ofSeconds(60);
  private final StateKey key = new StateKey("acme", "test", UUID.randomUUID().toString());

  /** The store under test; the same one for one test. */
  protected abstract StateStore store();

  /** Lets this much time pass for the store, or waits. */
  protected abstract void pass(Duration time);

  @Test
  void aKeyIsPutOnce() {
    assertThat(store().get(key)).isEmpty();
    assertThat(store().putIfAbsent(key, "a", LIFE)).isTrue();
    assertThat(store().putIfAbsent(key, "b", LIFE)).isFalse();
    assertThat(store().get(key)).contains("a");
  }

  @Test
  void tenantsRoomsAndIdsDoNotMeet() {
    assertThat(store().putIfAbsent(key, "a", LIFE)).isTrue();
    for (StateKey other :
        List.of(
            new StateKey("globex", key.room(), key.id()),
            new StateKey(key.tenant(), "other", key.id()),
            new StateKey(key.tenant(), key.room(), key.id() + "x"),
            new StateKey(key.tenant() + key.room(), "", key.id()))) {
      assertThat(store().get(other)).isEmpty();
    }
  }

  @Test
  void aKeyEnds() {
    assertThat(store().putIfAbsent(key, "a", Duration.ofSeconds(2))).isTrue();
    pass(Duration.ofMillis(2100));
    assertThat(store().get(key)).isEmpty();
    assertThat(store().replace(key, "a", "b")).isFalse();
    assertThat(store().remove(key, "a")).isFalse();
    assertThat(store().putIfAbsent(key, "c", LIFE)).isTrue();
    assertThat(store().get(key)).contains("c");
  }

  @Test
  void replaceTakesTheExpectedValueAndKeepsTheEnd() {
    assertThat(store().replace(key, "a", "b")).isFalse();
    assertThat(store().putIfAbsent(key, "a", Duration.ofSeconds(3))).isTrue();
    assertThat(store().replace(key, "x", "b")).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(store().replace(key, "a", "b")).isTrue();
    assertThat(store().get(key)).contains("b");
    pass(Duration.ofMillis(1100));
    assertThat(store().get(key)).isEmpty();
  }

  @Test
  void removeTakesTheExpectedValueOnce() {
    assertThat(store().putIfAbsent(key, "a", LIFE)).isTrue();
    assertThat(store().remove(key, "x")).isFalse();
    assertThat(store().remove(key, "a")).isTrue();
    assertThat(store().remove(key, "a")).isFalse();
    assertThat(store().get(key)).isEmpty();
  }

  @Test
  void aRoomOfATenantIsListedSortedById() {
    String room = "list-" + key.id();
    assertThat(store().list("acme", room)).isEmpty();
    for (String id : List.of("b", "a", "c", "B", "\u00e9")) {
      assertThat(store().putIfAbsent(new StateKey("acme", room, id), "v-" + id, LIFE)).isTrue();
    }
    assertThat(store().putIfAbsent(new StateKey("globex", room, "x"), "y", LIFE)).isTrue();
    assertThat(store().putIfAbsent(new StateKey("acme", room + "x", "x"), "y", LIFE)).isTrue();
    assertThat(store().putIfAbsent(new StateKey("acme" + room, "", "x"), "y", LIFE)).isTrue();
    assertThat(store().list("acme", room))
        .containsExactly(
            Map.entry("B", "v-B"),
            Map.entry("a", "v-a"),
            Map.entry("b", "v-b"),
            Map.entry("c", "v-c"),
            Map.entry("\u00e9", "v-\u00e9"));
    assertThat(store().list("globex", room)).containsExactly(Map.entry("x", "y"));
    assertThat(store().list("initech", room)).isEmpty();
  }

  @Test
  void aListHoldsWhatLivesNow() {
    String room = "list-" + key.id();
    StateKey shortly = new StateKey("acme", room, "shortly");
    StateKey changed = new StateKey("acme", room, "changed");
    StateKey removed = new StateKey("acme", room, "removed");
    assertThat(store().putIfAbsent(shortly, "s", Duration.ofSeconds(2))).isTrue();
    assertThat(store().putIfAbsent(changed, "c", LIFE)).isTrue();
    assertThat(store().putIfAbsent(removed, "r", LIFE)).isTrue();
    assertThat(store().add(new StateKey("acme", room, "count"), 7, 10, LIFE)).hasValue(7);
    Map<String, String> before = store().list("acme", room);
    assertThat(store().replace(changed, "c", "d")).isTrue();
    assertThat(store().remove(removed, "r")).isTrue();
    pass(Duration.ofMillis(2100));
    assertThat(store().list("acme", room))
        .containsExactly(Map.entry("changed", "d"), Map.entry("count", "7"));
    assertThat(before)
        .containsExactly(
            Map.entry("changed", "c"),
            Map.entry("count", "7"),
            Map.entry("removed", "r"),
            Map.entry("shortly", "s"));
    assertThatThrownBy(() -> before.put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keysAndValuesMayHoldAnyText() {
    String odd = "\"\\\t\r\n\u001b[2K\u202e\u2028\u00e9\u4e16\ud83d\ude00 %s:{}|" + key.id();
    StateKey one = new StateKey(odd + "t", odd + "r", odd);
    assertThat(store().putIfAbsent(one, odd + "v", LIFE)).isTrue();
    assertThat(store().get(one)).contains(odd + "v");
    assertThat(store().replace(one, odd + "v", "")).isTrue();
    assertThat(store().list(odd + "t", odd + "r")).containsExactly(Map.entry(odd, ""));
    assertThat(store().remove(one, "")).isTrue();
  }

  @Test
  void aCounterStopsAtItsLimit() {
    assertThat(store().add(key, 0, 10, LIFE)).hasValue(0);
    assertThat(store().add(key, 7, 10, LIFE)).hasValue(7);
    assertThat(store().add(key, 4, 10, LIFE)).isEmpty();
    assertThat(store().add(key, 3, 10, LIFE)).hasValue(10);
    assertThat(store().add(key, 0, 10, LIFE)).hasValue(10);
    assertThat(store().add(key, 1, 9, LIFE)).isEmpty();
    assertThat(store().add(key, Long.MAX_VALUE, Long.MAX_VALUE, LIFE)).isEmpty();
    assertThat(store().add(key, 0, Long.MIN_VALUE, LIFE)).isEmpty();
    assertThat(store().add(key, -1, 10, LIFE)).isEmpty();
  }

  @Test
  void aCounterKeepsItsEnd() {
    assertThat(store().add(key, 1, 10, Duration.ofSeconds(3))).hasValue(1);
    pass(Duration.ofSeconds(2));
    assertThat(store().add(key, 1, 10, LIFE)).hasValue(2);
    pass(Duration.ofMillis(1100));
    assertThat(store().add(key, 1, 10, LIFE)).hasValue(1);
  }

  @Test
  void whatIsNoCounterCannotBeAddedTo() {
    assertThat(store().putIfAbsent(key, "text", LIFE)).isTrue();
    assertThatThrownBy(() -> store().add(key, 1, 10, LIFE)).isInstanceOf(StateException.class);
  }

  @Test
  void aHundredThreadsDoNotPassALimit() throws Exception {
    AtomicInteger granted = new AtomicInteger();
    Threads.together(
        100,
        () -> {
          if (store().add(key, 1, 37, LIFE).isPresent()) {
            granted.incrementAndGet();
          }
        });
    assertThat(granted).hasValue(37);
    assertThat(store().add(key, 0, 37, LIFE)).hasValue(37);
  }

  @Test
  void ofAHundredThreadsOnePutsAndOneRemoves() throws Exception {
    AtomicInteger put = new AtomicInteger();
    Threads.together(100, () -> put.addAndGet(store().putIfAbsent(key, "a", LIFE) ? 1 : 0));
    AtomicInteger removed = new AtomicInteger();
    Threads.together(100, () -> removed.addAndGet(store().remove(key, "a") ? 1 : 0));
    assertThat(put).hasValue(1);
    assertThat(removed).hasValue(1);
  }

  @Test
  void subscribersHearWhatIsPublishedUntilTheyEnd() throws Exception {
    String topic = "topic-" + key.id();
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> also = new CopyOnWriteArrayList<>();
    store().publish(topic, "early");
    try (StateStore.Subscription broken =
            store()
                .subscribe(
                    topic,
                    message -> {
                      throw new IllegalStateException("a broken listener");
                    });
        StateStore.Subscription one = store().subscribe(topic, heard::add)) {
      try (StateStore.Subscription two = store().subscribe(topic, also::add)) {
        store().publish(topic, "first");
        store().publish(topic + "x", "elsewhere");
        Threads.eventually(() -> !heard.isEmpty() && !also.isEmpty());
      }
      store().publish(topic, "second");
      Threads.eventually(() -> heard.size() == 2);
    }
    store().publish(topic, "late");
    assertThat(heard).containsExactly("first", "second");
    assertThat(also).containsExactly("first");
  }
}
