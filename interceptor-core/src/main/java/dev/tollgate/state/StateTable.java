package dev.tollgate.state;

import dev.tollgate.GateClock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a store on what this process holds. Each change goes to the journal first: what
 * the journal refuses did not happen. Expired entries are dropped when they are met, and swept when
 * as many writes have passed as there are entries. Not thread-safe.
 */
final class StateTable {
  /** Far enough for every use, and near enough for the arithmetic of a monotonic clock. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int SWEEP_AT_LEAST = 1024;

  /** Keeps changes before they are made. */
  interface Journal {
    /** The entry now has this value, and this much life left. */
    void put(StateKey key, String value, long lifeNanos);

    void remove(StateKey key);
  }

  /** Is told of an entry and the life it has left. */
  interface Visitor {
    void visit(StateKey key, String value, long lifeNanos);
  }

  static final Journal NONE =
      new Journal() {
        @Override
        public void put(StateKey key, String value, long lifeNanos) {}

        @Override
        public void remove(StateKey key) {}
      };

  private record Room(String tenant, String name) {}

  /** A text; or a count, which has none until somebody reads it as text. */
  private record Entry(@Nullable String text, long count, long endNanos) {
    String value() {
      return text == null ? Long.toString(count) : text;
    }

    long number() {
      try {
        return text == null ? count : Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new StateException("the key holds no counter", e);
      }
    }
  }

  private final GateClock clock;
  private final Journal journal;
  private final Map<Room, NavigableMap<String, Entry>> rooms = new HashMap<>();
  private int size;
  private int writes;

  StateTable(GateClock clock, Journal journal) {
    this.clock = clock;
    this.journal = journal;
  }

  boolean putIfAbsent(StateKey key, String value, Duration life) {
    if (live(key) != null) {
      return false;
    }
    put(key, new Entry(value, 0, clock.nanos() + nanos(life)));
    return true;
  }

  Optional<String> get(StateKey key) {
    Entry entry = live(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  Map<String, String> list(String tenant, String room) {
    NavigableMap<String, String> found = new TreeMap<>();
    long now = clock.nanos();
    rooms
        .getOrDefault(new Room(tenant, room), Collections.emptyNavigableMap())
        .forEach(
            (id, entry) -> {
              if (now - entry.endNanos < 0) {
                found.put(id, entry.value());
              }
            });
    return Collections.unmodifiableNavigableMap(found);
  }

  boolean replace(StateKey key, String expected, String value) {
    Entry entry = live(key);
    if (entry == null || !entry.value().equals(expected)) {
      return false;
    }
    put(key, new Entry(value, 0, entry.endNanos));
    return true;
  }

  boolean remove(StateKey key, String expected) {
    Entry entry = live(key);
    if (entry == null || !entry.value().equals(expected)) {
      return false;
    }
    journal.remove(key);
    forget(key);
    return true;
  }

  OptionalLong add(StateKey key, long delta, long limit, Duration life) {
    Entry entry = live(key);
    long before = entry == null ? 0 : entry.number();
    if (delta < 0 || before > limit || delta > limit - before) {
      return OptionalLong.empty();
    }
    if (entry == null) {
      put(key, new Entry(null, delta, clock.nanos() + nanos(life)));
    } else if (delta > 0) {
      put(key, new Entry(null, before + delta, entry.endNanos));
    }
    return OptionalLong.of(before + delta);
  }

  /** Takes an entry that the journal already has. */
  void restore(StateKey key, String value, long lifeNanos) {
    apply(key, new Entry(value, 0, clock.nanos() + lifeNanos));
  }

  /** Names every live entry, those of one room sorted by id. */
  void forEachLive(Visitor visitor) {
    long now = clock.nanos();
    rooms.forEach(
        (room, entries) ->
            entries.forEach(
                (id, entry) -> {
                  if (entry.endNanos - now > 0) {
                    StateKey key = new StateKey(room.tenant, room.name, id);
                    visitor.visit(key, entry.value(), entry.endNanos - now);
                  }
                }));
  }

  private void put(StateKey key, Entry entry) {
    if (journal != NONE) {
      journal.put(key, entry.value(), Math.max(0, entry.endNanos - clock.nanos()));
    }
    apply(key, entry);
    if (++writes >= Math.max(SWEEP_AT_LEAST, size)) {
      writes = 0;
      sweep();
    }
  }

  private void apply(StateKey key, Entry entry) {
    Room room = new Room(key.tenant(), key.room());
    if (rooms.computeIfAbsent(room, r -> new TreeMap<>()).put(key.id(), entry) == null) {
      size++;
    }
  }

  /** Drops an entry that has ended, or that the journal no longer has. */
  void forget(StateKey key) {
    Room room = new Room(key.tenant(), key.room());
    NavigableMap<String, Entry> entries = rooms.get(room);
    if (entries != null && entries.remove(key.id()) != null) {
      size--;
      if (entries.isEmpty()) {
        rooms.remove(room);
      }
    }
  }

  private @Nullable Entry live(StateKey key) {
    NavigableMap<String, Entry> entries = rooms.get(new Room(key.tenant(), key.room()));
    Entry entry = entries == null ? null : entries.get(key.id());
    if (entry != null && clock.nanos() - entry.endNanos >= 0) {
      forget(key);
      return null;
    }
    return entry;
  }

  private void sweep() {
    long now = clock.nanos();
    size = 0;
    rooms
        .values()
        .removeIf(
            entries -> {
              entries.values().removeIf(entry -> now - entry.endNanos >= 0);
              size += entries.size();
              return entries.isEmpty();
            });
  }

  private static long nanos(Duration life) {
    return life.isNegative() ? 0 : (life.compareTo(LONGEST) > 0 ? LONGEST : life).toNanos();
  }
}
