package dev.tollgate.guard;

import java.util.List;

/**
 * The acknowledgement of a revocation: from here on no call begins that it hits.
 *
 * @param target what was revoked
 * @param inFlight the calls that had begun; they were cancelled as far as that goes, and are
 *     recorded as revoked in flight
 * @param approvals how many approvals ended with it
 * @param recorded whether the audit took the record; it holds even if not
 */
public record Revocation(
    RevocationTarget target, List<String> inFlight, int approvals, boolean recorded) {
  public Revocation {
    inFlight = List.copyOf(inFlight);
  }
}
