package dev.tollgate.guard;

import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares revocations through the state store: with other processes, and with the next start. What
 * the store holds and what this process knows change together, so that a restoration at the same
 * time as a revocation opens nothing here that stays revoked there.
 */
final class RevocationLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationLog.class);
  private static final String ROOM = "revocation";
  private static final String TOPIC = "tollgate.revocations";
  private final StateStore state;
  private final StateStore.Subscription subscription;
  private final BiConsumer<RevocationTarget, ReasonCode> revoked;
  private final Consumer<RevocationTarget> restored;

  RevocationLog(
      StateStore state,
      BiConsumer<RevocationTarget, ReasonCode> revoked,
      Consumer<RevocationTarget> restored) {
    this.state = state;
    this.revoked = revoked;
    this.restored = restored;
    // Listening first: what is revoked while the list is read is heard twice, not missed.
    this.subscription = state.subscribe(TOPIC, this::heard);
    boolean read = false;
    try {
      state.list("", ROOM).forEach(this::read);
      read = true;
    } finally {
      if (!read) {
        subscription.close();
      }
    }
  }

  void put(RevocationTarget target, ReasonCode reason, Duration life) {
    String text = text(target);
    synchronized (this) {
      state.putIfAbsent(key(text), reason.name(), life);
      revoked.accept(target, reason);
    }
    state.publish(TOPIC, "+" + reason.name() + " " + text);
  }

  void remove(RevocationTarget target) {
    String text = text(target);
    synchronized (this) {
      state.get(key(text)).ifPresent(reason -> state.remove(key(text), reason));
      restored.accept(target);
    }
    state.publish(TOPIC, "- " + text);
  }

  private void read(String text, String reason) {
    RevocationTarget target = parse(text);
    if (target == null) {
      // Somebody's kill switch that nobody here can read: better no gate than one without it.
      throw new IllegalStateException(
          "revocation: the state store holds one that cannot be read; remove it by hand");
    }
    revoked.accept(target, reason(reason, target));
  }

  private void heard(String message) {
    int space = message.indexOf(' ');
    RevocationTarget target = space < 1 ? null : parse(message.substring(space + 1));
    if (target == null) {
      log.error("revocation: a message of {} characters cannot be read", message.length());
    } else if (message.charAt(0) == '+') {
      revoked(target, reason(message.substring(1, space), target));
    } else {
      restored(target);
    }
  }

  private synchronized void revoked(RevocationTarget target, ReasonCode reason) {
    revoked.accept(target, reason);
  }

  /** It may have been revoked again since the message was sent. */
  private synchronized void restored(RevocationTarget target) {
    if (state.get(key(text(target))).isEmpty()) {
      restored.accept(target);
    }
  }

  private static ReasonCode reason(String name, RevocationTarget target) {
    try {
      return ReasonCode.valueOf(name);
    } catch (IllegalArgumentException e) {
      return target.reason(); // of another version: revoked all the same
    }
  }

  private static StateKey key(String text) {
    return new StateKey("", ROOM, text);
  }

  /** Kind, tenant, id; the id comes last since a subject may hold anything. */
  private static String text(RevocationTarget target) {
    return target.kind() + "\n" + target.tenant() + "\n" + target.id();
  }

  private static @Nullable RevocationTarget parse(String text) {
    String[] parts = text.split("\n", 3);
    for (RevocationTarget.Kind kind : RevocationTarget.Kind.values()) {
      if (parts.length == 3 && kind.name().equals(parts[0])) {
        try {
          return new RevocationTarget(parts[1], kind, parts[2]);
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
