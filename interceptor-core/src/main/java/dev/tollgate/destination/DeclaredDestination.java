package dev.tollgate.destination;

import java.util.Set;

/**
 * Where a call's arguments say that its effect goes, in canonical form.
 *
 * @param hosts every host it names, such as {@code api.example} or {@code api.example:8443}; empty
 *     if the tool declares no destination argument, or the call has none; IPv6 in brackets
 * @param within the domains that <em>all</em> of these hosts lie in, by whole labels: {@code
 *     api.corp.example} alone lies in itself, {@code corp.example} and {@code example}. An address
 *     lies in itself only; ports do not count
 * @param zones the trust zones of these hosts, with the tool's own
 */
public record DeclaredDestination(Set<String> hosts, Set<String> within, Set<String> zones) {
  /** Nothing is declared. */
  public static final DeclaredDestination NONE =
      new DeclaredDestination(Set.of(), Set.of(), Set.of());

  public DeclaredDestination {
    hosts = Set.copyOf(hosts);
    within = Set.copyOf(within);
    zones = Set.copyOf(zones);
  }
}
