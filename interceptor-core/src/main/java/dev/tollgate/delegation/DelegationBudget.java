package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of a delegation. Everything is charged to the hop that acts and to every hop it
 * comes from, so that those who were handed parts of one delegation never spend more than it
 * together. Thread-safe.
 */
public final class DelegationBudget {
  private static final Logger log = LoggerFactory.getLogger(DelegationBudget.class);
  private static final String ROOM = "delegation-budget";

  /** A counter outlives its hop, whatever the clocks do that the gate tolerates. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private record Charge(StateKey key, long amount, long limit, Duration life) {}

  private final StateStore state;
  private final GateClock clock;

  public DelegationBudget(StateStore state, GateClock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Charges one call.
   *
   * @return why it is denied: {@code DELEGATION_BUDGET}, or {@code STATE_UNAVAILABLE} if nobody
   *     knows what is left; {@code null} if it was charged
   */
  public @Nullable ReasonCode call(Task task, VerifiedDelegation delegation) {
    List<Charge> charges = new ArrayList<>();
    for (VerifiedDelegation.Hop hop : delegation.hops()) {
      charges.add(0, charge(task, hop, "calls", 1, hop.grant().calls()));
    }
    return take(charges);
  }

  /**
   * Charges amounts, all or none.
   *
   * @param amounts in ten-thousandths, 0 or more; one that a hop was not granted is denied
   * @return why it is denied, as of {@link #call}
   */
  public @Nullable ReasonCode spend(
      Task task, VerifiedDelegation delegation, Map<String, Long> amounts) {
    List<Charge> charges = new ArrayList<>();
    for (VerifiedDelegation.Hop hop : delegation.hops()) {
      for (Map.Entry<String, Long> amount : amounts.entrySet()) {
        Long limit = hop.grant().amounts().get(amount.getKey());
        if (limit == null || amount.getValue() < 0) {
          return ReasonCode.DELEGATION_BUDGET;
        }
        charges.add(0, charge(task, hop, "amount:" + amount.getKey(), amount.getValue(), limit));
      }
    }
    return take(charges);
  }

  /** All or none, the acting hop first: what it is denied costs those above it nothing. */
  private @Nullable ReasonCode take(List<Charge> charges) {
    try {
      for (int i = 0; i < charges.size(); i++) {
        Charge charge = charges.get(i);
        if (state.add(charge.key, charge.amount, charge.limit, charge.life).isEmpty()) {
          charges.subList(0, i).forEach(this::giveBack);
          return ReasonCode.DELEGATION_BUDGET;
        }
      }
      return null;
    } catch (RuntimeException e) {
      return unavailable(e);
    }
  }

  /** What cannot be given back stays charged: less is left, never more. */
  private void giveBack(Charge charge) {
    Optional<String> spent = state.get(charge.key);
    while (spent.isPresent()) {
      String less = Long.toString(Long.parseLong(spent.get()) - charge.amount);
      if (state.replace(charge.key, spent.get(), less)) {
        return;
      }
      spent = state.get(charge.key);
    }
  }

  private static ReasonCode unavailable(RuntimeException e) {
    log.error("delegation: the store did not answer: {}", e.getClass().getName());
    return ReasonCode.STATE_UNAVAILABLE;
  }

  private Charge charge(
      Task task, VerifiedDelegation.Hop hop, String what, long amount, long limit) {
    Instant now = clock.now();
    Duration left =
        now.isBefore(hop.expiresAt()) ? Duration.between(now, hop.expiresAt()) : Duration.ZERO;
    String tenant = task.conversation().tenant();
    return new Charge(
        new StateKey(tenant, ROOM, hop.id() + ":" + what), amount, limit, left.plus(MARGIN));
  }
}
