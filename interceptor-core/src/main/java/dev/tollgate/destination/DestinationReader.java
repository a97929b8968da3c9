package dev.tollgate.destination;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes canonical destinations of what arguments say. Immutable. */
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
    Set<String> hosts = new TreeSet<>(texts);
    Set<String> in = new TreeSet<>();
    hosts.forEach(host -> in.add(zones.of(host)));
    if (own != null) {
      in.add(own);
    }
    if (texts.contains("")) {
      throw new UnreadableDestinationException("names no place");
    }
    return new DeclaredDestination(hosts, Set.of(), in);
  }
}
