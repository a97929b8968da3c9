package dev.tollgate.delegation;

import java.time.Instant;
import java.util.List;

/**
 * A delegation whose signatures, chain and bounds were verified. Only the verifier makes one, so
 * whoever holds it need not ask whether it was checked. Immutable.
 */
public final class VerifiedDelegation implements Delegation {
  /**
   * One step of the chain.
   *
   * @param id the id ({@code jti})
   * @param from who handed it over
   * @param grant what was handed over
   * @param expiresAt when it ends
   * @param keyId the key that signed it
   */
  public record Hop(String id, String from, Grant grant, Instant expiresAt, String keyId) {}

  private final String taskId;
  private final List<Hop> hops;
  private final String token;

  /**
   * @param hops the one that began with the user's own task first; each no wider than the one
   *     before
   * @param token the signed form, out of which a narrower one is made
   */
  VerifiedDelegation(String taskId, List<Hop> hops, String token) {
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("a delegation has a hop at least");
    }
    this.taskId = taskId;
    this.hops = List.copyOf(hops);
    this.token = token;
  }

  /** The task it is part of ({@code txn}). */
  public String taskId() {
    return taskId;
  }

  /** The steps from the user's own task to here; the last one holds the bounds. */
  public List<Hop> hops() {
    return hops;
  }

  public Hop last() {
    return hops.get(hops.size() - 1);
  }

  /** Its id ({@code jti}). */
  public String id() {
    return last().id();
  }

  /** The bounds, no wider than those of any delegation it comes from. */
  public Grant grant() {
    return last().grant();
  }

  /** The signed form. Not for logs. */
  public String token() {
    return token;
  }

  @Override
  public String toString() {
    return "VerifiedDelegation[" + id() + ", to " + grant().to() + "]";
  }
}
