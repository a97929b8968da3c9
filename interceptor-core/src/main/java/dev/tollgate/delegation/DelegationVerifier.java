package dev.tollgate.delegation;

import dev.tollgate.WallWatch;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a verified delegation of a token: the only place where one is made. */
final class DelegationVerifier {
  private static final int MOST_HOPS = Grant.DEEPEST + 1;

  /** A hop whose signature is good. */
  record Link(DelegationClaims claims, String keyId) {}

  /**
   * Hops whose signatures are good; not yet for whom, and whether they follow from each other.
   *
   * @param links the first hop first
   */
  record Chain(List<Link> links, String token) {
    Chain {
      links = List.copyOf(links);
    }

    DelegationClaims last() {
      return links.get(links.size() - 1).claims();
    }
  }

  private final DelegationKeys keys;
  private final String trustDomain;

  DelegationVerifier(DelegationKeys keys, String trustDomain) {
    this.keys = keys;
    this.trustDomain = trustDomain;
  }

  /** Nothing of a hop is read before its signature is checked. */
  Chain authentic(String token) throws DelegationException {
    List<Link> links = new ArrayList<>();
    String next = token;
    while (next != null) {
      if (links.size() == MOST_HOPS) {
        throw new DelegationException(ReasonCode.DELEGATION_TOO_DEEP, "too many hops");
      }
      SignedToken signed = SignedToken.read(next);
      if (!keys.verifies(signed)) {
        throw new DelegationException(ReasonCode.DELEGATION_FORGED, "not signed by a known key");
      }
      DelegationClaims claims = ClaimsReader.read(signed.payload());
      links.add(0, new Link(claims, signed.keyId()));
      next = claims.parent();
    }
    return new Chain(links, token);
  }

  VerifiedDelegation verify(Chain chain, Caller caller, String receiver, Instant now)
      throws DelegationException {
    ReasonCode reason = refuse(chain, caller, receiver, now);
    if (reason != null) {
      throw new DelegationException(reason, "the delegation is not good here");
    }
    List<VerifiedDelegation.Hop> hops = new ArrayList<>();
    for (Link link : chain.links()) {
      DelegationClaims claims = link.claims();
      hops.add(
          new VerifiedDelegation.Hop(
              claims.id(), claims.from(), claims.grant(), claims.expiresAt(), link.keyId()));
    }
    return new VerifiedDelegation(chain.last().task().id(), hops, chain.token());
  }

  private @Nullable ReasonCode refuse(Chain chain, Caller caller, String receiver, Instant now) {
    DelegatedTask task = chain.last().task();
    if (!task.issuer().equals(trustDomain)
        || !task.audience().equals(trustDomain)
        || !task.isFor(caller)
        || !chain.last().grant().to().equals(receiver)) {
      return ReasonCode.DELEGATION_FOREIGN;
    }
    for (Link link : chain.links()) {
      if (!now.isBefore(link.claims().expiresAt())
          || link.claims().issuedAt().isAfter(now.plus(WallWatch.TOLERATED))) {
        return ReasonCode.DELEGATION_EXPIRED;
      }
    }
    return refuse(chain.links());
  }

  private static @Nullable ReasonCode refuse(List<Link> links) {
    for (int i = 0; i < links.size(); i++) {
      DelegationClaims hop = links.get(i).claims();
      if (!hop.actors().get(0).equals(hop.grant().to()) || (i == 0 && hop.actors().size() != 2)) {
        return ReasonCode.DELEGATION_FOREIGN;
      }
      ReasonCode reason = i == 0 ? null : Narrowing.refuse(links.get(i - 1).claims(), hop);
      if (reason != null) {
        return reason;
      }
      if (hop.expiresAt().isAfter(hop.task().endsAt())) {
        return ReasonCode.DELEGATION_WIDER;
      }
      if (new HashSet<>(hop.actors()).size() != hop.actors().size()) {
        return ReasonCode.DELEGATION_TOO_DEEP; // it came back to an agent that had it
      }
    }
    return null;
  }
}
