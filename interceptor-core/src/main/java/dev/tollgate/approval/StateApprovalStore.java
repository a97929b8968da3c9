package dev.tollgate.approval;

import dev.tollgate.GateClock;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.SealException;
import dev.tollgate.key.Sealing;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Approvals in a state store, sealed: who can read the store learns neither arguments nor words.
 * Who waits takes one of its subject's slots, so that nobody drowns a person in questions.
 */
public final class StateApprovalStore implements ApprovalStore {
  private static final Logger log = LoggerFactory.getLogger(StateApprovalStore.class);
  private static final String ROOM = "approval";
  private static final String SAME = "approval-call";
  private static final String SLOT = "approval-slot";

  /** After its task's end nobody asks for it, save a clock that is a little behind. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final StateStore state;
  private final Sealing sealing;
  private final KeyedDigest digest;
  private final GateClock clock;
  private final int slots;

  /**
   * @param digest what calls are found by
   * @param slots how many may wait for one subject, 1 or more
   */
  public StateApprovalStore(
      StateStore state, Sealing sealing, KeyedDigest digest, GateClock clock, int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("at least one approval may wait, not " + slots);
    }
    this.state = state;
    this.sealing = sealing;
    this.digest = digest;
    this.clock = clock;
    this.slots = slots;
  }

  @Override
  public boolean add(ApprovalRequest request) {
    int slot = takeSlot(request);
    if (slot < 0) {
      return false;
    }
    if (!keep(request, slot)) { // if it throws, the slot stays taken until the question would end
      freeSlot(request, slot);
      throw new StateException("the same call waits already, was rejected, or is just being asked");
    }
    return true;
  }

  /** The index first: of several for the same call at once only one is ever asked for. */
  private boolean keep(ApprovalRequest request, int slot) {
    String tenant = request.call().tenant();
    StateKey same = same(request.call());
    Duration life = life(request);
    String text = seal(request, slot);
    if (!newest(request, same, life)) {
      return false;
    }
    boolean kept = false;
    try {
      kept = state.putIfAbsent(key(tenant, request.id()), text, life);
      return kept;
    } finally {
      if (!kept) { // the question before what leads to it: nobody may answer one that is not found
        state.remove(key(tenant, request.id()), text);
        state.remove(same, request.id());
      }
    }
  }

  private boolean newest(ApprovalRequest request, StateKey same, Duration life) {
    String older = state.get(same).orElse(null);
    if (older == null) {
      return state.putIfAbsent(same, request.id(), life);
    }
    return mayFollow(request, find(request.call().tenant(), older).orElse(null))
        && state.replace(same, older, request.id());
  }

  /** Whether what the index leads to leaves anything to ask. */
  private boolean mayFollow(ApprovalRequest request, @Nullable Stored older) {
    if (older == null) { // somebody is between index and question, or broke off there
      return false;
    }
    ApprovalRequest known = older.request();
    return switch (known.state()) {
      case REJECTED -> false;
      case USED, REVOKED -> true;
      case PENDING, APPROVED -> known.expired(clock.now()) || !known.call().equals(request.call());
    };
  }

  @Override
  public Optional<Stored> find(String tenant, String id) {
    return state.get(key(tenant, id)).map(text -> open(tenant, id, text));
  }

  @Override
  public Optional<Stored> findSame(CallBinding call) {
    Stored found = state.get(same(call)).flatMap(id -> find(call.tenant(), id)).orElse(null);
    if (found != null && !found.request().call().same(call)) {
      throw new StateException(
          "the index leads to approval " + found.request().id() + " of another call");
    }
    return Optional.ofNullable(found);
  }

  @Override
  public boolean replace(Stored expected, ApprovalRequest next) {
    String before = expected.version();
    int slot = slot(before);
    if (!state.replace(key(next.call().tenant(), next.id()), before, seal(next, slot))) {
      return false;
    }
    if (next.state() != ApprovalState.PENDING) {
      try {
        freeSlot(next, slot);
      } catch (StateException e) { // it has been replaced all the same
        log.warn("approval {}: its slot stays taken until {}", next.id(), next.expiresAt(), e);
      }
    }
    return true;
  }

  @Override
  public List<Stored> all(String tenant) {
    List<Stored> found = new ArrayList<>();
    state
        .list(tenant, ROOM)
        .forEach(
            (id, text) -> {
              try {
                found.add(open(tenant, id, text));
              } catch (StateException e) { // nobody can answer or use it, and the others must end
                log.error("approval {} cannot be read and is left out", id, e);
              }
            });
    return found;
  }

  /** The number of a slot that was free, -1 if none was. */
  private int takeSlot(ApprovalRequest request) {
    Duration life = Duration.between(clock.now(), request.expiresAt());
    if (life.isNegative() || life.isZero()) {
      throw new StateException("the approval has ended before it was kept");
    }
    for (int i = 0; i < slots; i++) {
      if (state.putIfAbsent(slot(request, i), request.id(), life)) {
        return i;
      }
    }
    return -1;
  }

  private void freeSlot(ApprovalRequest request, int slot) {
    state.remove(slot(request, slot), request.id());
  }

  private Duration life(ApprovalRequest request) {
    return Duration.between(clock.now(), request.origin().ends()).plus(GRACE);
  }

  /** The slot stands before it: whoever answers must find it, however many slots it has itself. */
  private String seal(ApprovalRequest request, int slot) {
    String context = context(request.call().tenant(), request.id());
    try {
      return slot + " " + sealing.seal(context, ApprovalForm.write(request));
    } catch (SealException e) {
      throw new StateException("approval " + request.id() + " cannot be sealed", e);
    }
  }

  private Stored open(String tenant, String id, String text) {
    try {
      String sealed = text.substring(text.indexOf(' ') + 1);
      return new Stored(ApprovalForm.read(sealing.open(context(tenant, id), sealed)), text);
    } catch (SealException | IllegalStateException e) {
      throw new StateException("approval " + id + " cannot be read", e);
    }
  }

  private static int slot(String text) {
    try {
      return Integer.parseInt(text.substring(0, Math.max(0, text.indexOf(' '))));
    } catch (NumberFormatException e) {
      throw new StateException("an approval was kept in no slot", e);
    }
  }

  /** Sealed for its place: one that was moved to another does not open there. */
  private static String context(String tenant, String id) {
    return ROOM + "/" + tenant + "/" + id;
  }

  private static StateKey key(String tenant, String id) {
    return new StateKey(tenant, ROOM, id);
  }

  private StateKey same(CallBinding call) {
    return new StateKey(call.tenant(), SAME, call.key(digest));
  }

  private StateKey slot(ApprovalRequest request, int at) {
    String subject = digest.of(request.call().tenant(), request.call().subject());
    return new StateKey(request.call().tenant(), SLOT, subject + "/" + at);
  }
}
