package dev.tollgate.http;

import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.reason.ReasonCode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where a response leads, and what may go there. To another origin go only headers that carry
 * nobody's authority, and never a body: what the caller sends is meant for whom the caller named.
 */
final class Redirects {
  private static final int MOST = 5;

  /** What else a caller sets may be a key under any name. */
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-charset", "accept-encoding", "accept-language", "user-agent");

  private static final Set<String> OF_BODY =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "content-language",
          "transfer-encoding",
          "expect");

  private Redirects() {}

  /**
   * The next hop, or {@code null} if the response is the answer. Nothing of it has been checked
   * yet.
   *
   * @throws ConnectionRefusedException if it may not be followed
   */
  static @Nullable Hop after(Hop hop, HttpResponse response) throws ConnectionRefusedException {
    Method method = method(hop, response.getCode());
    Header[] locations = response.getHeaders(HttpHeaders.LOCATION);
    if (method == null || locations.length == 0) {
      return null;
    }
    if (hop.redirects() == MOST || locations.length > 1) {
      throw refused(ReasonCode.DESTINATION_REFUSED);
    }
    URI url = resolved(hop, locations[0].getValue());
    Target target = Target.of(url);
    if (hop.target().secure() && !target.secure()) {
      throw refused(ReasonCode.DESTINATION_REFUSED);
    }
    boolean strays = !target.equals(hop.target());
    HttpEntity entity = method.withBody() ? hop.entity() : null;
    if (entity != null && (strays || !entity.isRepeatable())) {
      throw refused(ReasonCode.DESTINATION_REFUSED);
    }
    List<Header> headers =
        hop.headers().stream()
            .filter(header -> goes(header.getName().toLowerCase(Locale.ROOT), strays, entity))
            .toList();
    return new Hop(
        target,
        method.name(),
        path(url),
        headers,
        entity,
        hop.redirects() + 1,
        hop.strayed() || strays);
  }

  private record Method(String name, boolean withBody) {}

  /** As browsers do it; {@code null} where a redirect is not followed. */
  private static @Nullable Method method(Hop hop, int code) {
    String method = hop.method();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return switch (code) {
      case 301, 302 ->
          reads || method.equals("POST") ? new Method(reads ? method : "GET", false) : null;
      case 303 -> new Method(method.equals("HEAD") ? method : "GET", false);
      case 307, 308 -> new Method(method, true);
      default -> null;
    };
  }

  private static boolean goes(String name, boolean strays, @Nullable HttpEntity entity) {
    return strays ? HARMLESS.contains(name) : entity != null || !OF_BODY.contains(name);
  }

  private static URI resolved(Hop hop, String location) throws ConnectionRefusedException {
    try {
      return hop.target().url(hop.path()).resolve(URI.create(location.strip()));
    } catch (IllegalArgumentException e) { // a server wrote it: no message
      throw refused(ReasonCode.DESTINATION_UNREADABLE);
    }
  }

  static String path(URI url) {
    String path = url.getRawPath();
    String start = path == null || path.isEmpty() ? "/" : path;
    return url.getRawQuery() == null ? start : start + "?" + url.getRawQuery();
  }

  private static ConnectionRefusedException refused(ReasonCode reason) {
    return new ConnectionRefusedException(reason);
  }
}
