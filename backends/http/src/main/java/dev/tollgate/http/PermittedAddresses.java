package dev.tollgate.http;

import dev.tollgate.destination.AddressRanges;
import dev.tollgate.destination.AddressRanges.Range;
import dev.tollgate.destination.TrustZones;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which addresses may be connected to: public ones, and what was permitted by hand. Immutable. */
final class PermittedAddresses {
  /** What names within one's own network resolve to; no name makes one of the others right. */
  private static final Set<Range> INTERNAL =
      EnumSet.of(Range.LOOPBACK, Range.PRIVATE, Range.SHARED, Range.UNIQUE_LOCAL);

  private static final String PERMITTED = "permitted";
  private final Set<String> hosts;
  private final Set<InetAddress> single;
  private final TrustZones ranges;

  /**
   * @param hosts canonical hosts, with a port or for every port
   * @param single addresses
   * @param ranges such as {@code 10.0.0.0/8}
   */
  PermittedAddresses(Set<String> hosts, Set<InetAddress> single, Set<String> ranges) {
    this.hosts = Set.copyOf(hosts);
    this.single = Set.copyOf(single);
    this.ranges =
        ranges.isEmpty() ? TrustZones.NONE : new TrustZones(Map.of(PERMITTED, Set.copyOf(ranges)));
  }

  boolean allow(Target target, InetAddress address) {
    Range range = AddressRanges.of(address);
    if (range == Range.PUBLIC || single.contains(address)) {
      return true;
    }
    return switch (range) {
      // By itself, and not by a range that somebody wrote without thinking of it.
      case METADATA -> false;
      default ->
          ranges.of(text(address)).equals(PERMITTED)
              || (INTERNAL.contains(range)
                  && (hosts.contains(target.host())
                      || hosts.contains(target.host() + ":" + target.port())));
    };
  }

  /** As TrustZones reads addresses, and without the name of an interface. */
  private static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    try {
      return "[" + InetAddress.getByAddress(address.getAddress()).getHostAddress() + "]";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
