package dev.tollgate.destination;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes canonical destinations of what arguments say. Immutable.
 *
 * <p>A text is one of these, and anything else is refused:
 *
 * <ul>
 *   <li>a URL of {@code http}, {@code https}, {@code ws}, {@code wss} or {@code ftp} with {@code
 *       //} and without a user name; its scheme's own port is dropped
 *   <li>a host or an IP address, with or without a port
 *   <li>one mailbox, alone or after {@code mailto:}: the host is its domain
 * </ul>
 *
 * <p>Canonical is lower case, without the trailing dot, international names in ASCII, IPv4 dotted
 * in all four bytes, IPv6 in brackets as RFC 5952 writes it, IPv4-mapped addresses as the IPv4
 * address. Texts that two programs could read as two places are refused, not guessed at: octal IPv4
 * that Java reads as decimal, percent-encoded hosts, names that mix scripts, addresses that reach
 * another by translation.
 */
public final class DestinationReader {
  private final TrustZones zones;

  public DestinationReader(TrustZones zones) {
    this.zones = zones;
  }

  /**
   * Reads the values of a call's destination arguments.
   *
   * @param texts what they say: each a URL, a host, or a mailbox
   * @param own the trust zone of the tool's own system; {@code null} if nobody said
   * @throws UnreadableDestinationException if one of them names no place, or could be read as two
   */
  public DeclaredDestination read(Collection<String> texts, @Nullable String own)
      throws UnreadableDestinationException {
    Set<String> hosts = new LinkedHashSet<>();
    Set<String> in = new LinkedHashSet<>();
    Set<String> within = null;
    for (String text : texts) {
      Authority authority = DestinationText.parse(text);
      hosts.add(authority.text());
      in.add(zones.of(authority.host()));
      Set<String> around = around(authority.host());
      if (within == null) {
        within = around;
      } else {
        within.retainAll(around);
      }
    }
    if (own != null) {
      in.add(own);
    }
    return new DeclaredDestination(hosts, within == null ? Set.of() : within, in);
  }

  /** The host itself and, of a name, every domain above it. */
  private static Set<String> around(Host host) {
    Set<String> around = new LinkedHashSet<>();
    around.add(host.text());
    if (host instanceof Domain) {
      String domain = Domain.parent(host.text());
      while (!domain.isEmpty()) {
        around.add(domain);
        domain = Domain.parent(domain);
      }
    }
    return around;
  }
}
