package dev.tollgate.destination;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which places are trusted how far, as the manifest says: a zone is a name and the domains and
 * address ranges in it. The narrowest entry that holds a host decides: the longest domain by whole
 * labels, the longest prefix of a range. Ports do not count. Immutable.
 *
 * <p>A name is looked up by its name alone: a range holds hosts that are written as addresses, not
 * names that resolve into it.
 */
public final class TrustZones {
  /** Where everything is that no zone holds. */
  public static final String EXTERNAL = "external";

  /** No zone is configured: everything is external. */
  public static final TrustZones NONE = new TrustZones(Map.of());

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** A range and its zone. */
  private record Range(AddressBlock block, String zone) {}

  private final Set<String> names = new TreeSet<>(Set.of(EXTERNAL));
  private final Map<String, String> domains = new HashMap<>();
  private final List<Range> ranges = new ArrayList<>();

  /**
   * @param zones domains such as {@code corp.example} and addresses or ranges such as {@code
   *     10.0.0.0/8}, by the zone's name of 1 to 32 of a-z 0-9 _ -
   * @throws IllegalArgumentException for an entry that is neither, or that stands in two zones; for
   *     a zone without entries, or one named {@link #EXTERNAL}
   */
  public TrustZones(Map<String, Set<String>> zones) {
    new TreeMap<>(zones)
        .forEach(
            (zone, entries) -> {
              if (!NAME.matcher(zone).matches() || zone.equals(EXTERNAL)) {
                throw new IllegalArgumentException(
                    "a zone is named with 1 to 32 of a-z 0-9 _ -, starts with a letter, and is not '"
                        + EXTERNAL
                        + "': '"
                        + zone
                        + "'");
              }
              if (entries.isEmpty()) {
                throw new IllegalArgumentException("zone '" + zone + "' has no entries");
              }
              names.add(zone);
              entries.forEach(entry -> add(zone, entry));
            });
    ranges.sort(Comparator.comparingInt((Range range) -> range.block().prefix()).reversed());
  }

  private void add(String zone, String entry) {
    if (entry.indexOf('/') >= 0) {
      add(zone, entry, AddressBlock.parse(entry));
      return;
    }
    Host host = host(entry);
    if (host instanceof Ip ip) {
      add(zone, entry, AddressBlock.only(ip));
      return;
    }
    String other = domains.put(host.text(), zone);
    if (other != null && !other.equals(zone)) {
      throw twice(entry, zone, other);
    }
  }

  private void add(String zone, String entry, AddressBlock block) {
    if (block.first().six() && EmbeddedIpv4.in(block.first()) != null) {
      throw new IllegalArgumentException("'" + entry + "' reaches IPv4 addresses; list those");
    }
    for (Range range : ranges) {
      if (range.block().equals(block) && !range.zone().equals(zone)) {
        throw twice(entry, zone, range.zone());
      }
    }
    ranges.add(new Range(block, zone));
  }

  private static Host host(String entry) {
    if (entry.startsWith("*.")) {
      throw new IllegalArgumentException(
          "'" + entry + "': write the domain alone, it holds every host below it");
    }
    try {
      Authority authority = DestinationText.bare(entry);
      if (authority.port() != Authority.USUAL) {
        throw new IllegalArgumentException("'" + entry + "' has a port; a zone holds whole hosts");
      }
      return authority.host();
    } catch (UnreadableDestinationException e) {
      throw new IllegalArgumentException(
          "'" + entry + "' is no domain, address or range: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException twice(String entry, String zone, String other) {
    return new IllegalArgumentException(
        "'" + entry + "' stands in zone '" + other + "' and in zone '" + zone + "'");
  }

  /** The zone of a canonical host, with or without a port. */
  public String of(String host) {
    try {
      return of(DestinationText.bare(host).host());
    } catch (UnreadableDestinationException e) {
      return EXTERNAL;
    }
  }

  String of(Host host) {
    if (host instanceof Ip ip) {
      for (Range range : ranges) {
        if (range.block().holds(ip)) {
          return range.zone();
        }
      }
      return EXTERNAL;
    }
    for (String domain = host.text(); !domain.isEmpty(); domain = Domain.parent(domain)) {
      String zone = domains.get(domain);
      if (zone != null) {
        return zone;
      }
    }
    return EXTERNAL;
  }

  /** Whether every place is in the same zone. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrustZones zones
        && domains.equals(zones.domains)
        && Set.copyOf(ranges).equals(Set.copyOf(zones.ranges));
  }

  @Override
  public int hashCode() {
    return 31 * domains.hashCode() + Set.copyOf(ranges).hashCode();
  }

  /** The names of the zones, with {@link #EXTERNAL}. */
  public Set<String> names() {
    return new TreeSet<>(names);
  }
}
