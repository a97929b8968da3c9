package dev.tollgate.http;

import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.destination.DestinationReader;
import dev.tollgate.destination.TrustZones;
import dev.tollgate.destination.UnreadableDestinationException;
import dev.tollgate.reason.ReasonCode;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * The place that one request goes to. Equal targets are the same origin.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the canonical host, an IPv6 address in brackets
 * @param port the port that is connected to
 */
record Target(String scheme, String host, int port) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final DestinationReader READER = new DestinationReader(TrustZones.NONE);

  /**
   * The target of a URL.
   *
   * @throws ConnectionRefusedException if it names no place for HTTP, or could be read as two
   */
  static Target of(URI url) throws ConnectionRefusedException {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getRawAuthority() == null) {
      throw unreadable();
    }
    Set<String> hosts;
    try {
      hosts = READER.read(List.of(scheme + "://" + url.getRawAuthority() + "/"), null).hosts();
    } catch (UnreadableDestinationException e) {
      throw unreadable();
    }
    if (hosts.size() != 1) {
      throw unreadable();
    }
    String canonical = hosts.iterator().next();
    int colon = canonical.lastIndexOf(':');
    if (colon < 0 || canonical.endsWith("]")) {
      return new Target(scheme, canonical, usual(scheme));
    }
    return new Target(
        scheme, canonical.substring(0, colon), Integer.parseInt(canonical.substring(colon + 1)));
  }

  /** The host with its port, unless that is the scheme's own: as policies and the audit see it. */
  String canonical() {
    return port == usual(scheme) ? host : host + ":" + port;
  }

  /** What stands in the request line's place: nothing but what was read. */
  URI url(String path) {
    return URI.create(scheme + "://" + canonical() + path);
  }

  URIAuthority authority() {
    return new URIAuthority(bare(), port == usual(scheme) ? -1 : port);
  }

  /** The same target at one address: Apache's pool and its connects go by that. */
  HttpHost at(InetAddress address) {
    return new HttpHost(scheme, address, bare(), port);
  }

  boolean secure() {
    return scheme.equals("https");
  }

  /** The host if it is an address itself. */
  @Nullable String literal() {
    return host.startsWith("[") ? bare() : IPV4.matcher(host).matches() ? host : null;
  }

  private String bare() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int usual(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static ConnectionRefusedException unreadable() {
    return new ConnectionRefusedException(ReasonCode.DESTINATION_UNREADABLE);
  }
}
