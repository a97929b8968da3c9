package dev.tollgate.delegation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one hop says.
 *
 * @param id its id ({@code jti}), never used for another
 * @param issuedAt in whole seconds
 * @param expiresAt in whole seconds
 * @param actors who acts: the receiver first, then the giver, and so on back to the agent that the
 *     user asked ({@code act})
 * @param grant what is handed over; its lifetime is the time between the two instants
 * @param standing where the giver stood: no receiver begins with a clean slate
 * @param parent the signed hop it comes from; {@code null} for the first
 */
record DelegationClaims(
    DelegatedTask task,
    String id,
    Instant issuedAt,
    Instant expiresAt,
    List<String> actors,
    Grant grant,
    HandedStanding standing,
    @Nullable String parent) {
  DelegationClaims {
    actors = List.copyOf(actors);
    if (actors.size() < 2) {
      throw new IllegalArgumentException("a delegation has a receiver and a giver");
    }
  }

  String from() {
    return actors.get(1);
  }

  /** Not the token it comes from, nor the subject. */
  @Override
  public String toString() {
    return "DelegationClaims[" + id + "]";
  }
}
