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

/**
 * Approvals in a state store, sealed: who can read the store learns neither arguments nor words.
 * Who waits takes one of its subject's slots, so that nobody drowns a person in questions.
 */
public final class StateApprovalStore implements ApprovalStore {
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
    CallBinding call = request.call();
    if (!takeSlot(request)) {
      return false;
    }
    Duration life = life(request);
    // The index first: of two for the same call at once only one is ever asked for.
    if (!newest(request, life)
        || !state.putIfAbsent(key(call.tenant(), request.id()), seal(request), life)) {
      freeSlot(request);
      throw new StateException("another approval for the same call came in between");
    }
    return true;
  }

  private boolean newest(ApprovalRequest request, Duration life) {
    StateKey same = same(request.call());
    String older = state.get(same).orElse(null);
    return older == null
        ? state.putIfAbsent(same, request.id(), life)
        : state.replace(same, older, request.id());
  }

  @Override
  public Optional<Stored> find(String tenant, String id) {
    return state.get(key(tenant, id)).map(text -> open(tenant, id, text));
  }

  @Override
  public Optional<Stored> findSame(CallBinding call) {
    return state.get(same(call)).flatMap(id -> find(call.tenant(), id));
  }

  @Override
  public boolean replace(Stored expected, ApprovalRequest next) {
    String tenant = next.call().tenant();
    if (!state.replace(key(tenant, next.id()), expected.version(), seal(next))) {
      return false;
    }
    if (next.state() != ApprovalState.PENDING) {
      freeSlot(next);
    }
    return true;
  }

  @Override
  public List<Stored> all(String tenant) {
    List<Stored> found = new ArrayList<>();
    state.list(tenant, ROOM).forEach((id, text) -> found.add(open(tenant, id, text)));
    return found;
  }

  private boolean takeSlot(ApprovalRequest request) {
    Duration life = Duration.between(clock.now(), request.expiresAt());
    if (life.isNegative() || life.isZero()) {
      throw new StateException("the approval has ended before it was kept");
    }
    for (int i = 0; i < slots; i++) {
      if (state.putIfAbsent(slot(request, i), request.id(), life)) {
        return true;
      }
    }
    return false;
  }

  private void freeSlot(ApprovalRequest request) {
    for (int i = 0; i < slots; i++) {
      if (state.remove(slot(request, i), request.id())) {
        return;
      }
    }
  }

  private Duration life(ApprovalRequest request) {
    return Duration.between(clock.now(), request.origin().ends()).plus(GRACE);
  }

  private String seal(ApprovalRequest request) {
    String context = context(request.call().tenant(), request.id());
    try {
      return sealing.seal(context, ApprovalForm.write(request));
    } catch (SealException e) {
      throw new StateException("approval " + request.id() + " cannot be sealed", e);
    }
  }

  private Stored open(String tenant, String id, String text) {
    try {
      return new Stored(ApprovalForm.read(sealing.open(context(tenant, id), text)), text);
    } catch (SealException | IllegalStateException e) {
      throw new StateException("approval " + id + " cannot be read", e);
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
