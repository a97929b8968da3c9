package dev.tollgate.demo.control;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page of somebody else made a browser send this. Such a page cannot name our host once
 * its name was rebound to this machine, and cannot set our header without a preflight that nobody
 * answers.
 */
final class SiteCheck {
  /** Demanded of every request. */
  static final String HEADER = "X-Tollgate-Control";

  private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

  private final Set<String> hosts;

  SiteCheck(int port) {
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /** Why the request is refused; {@code null} if it is not. */
  @Nullable String refuse(HttpServletRequest request) {
    List<String> host = all(request, "Host");
    if (host.size() != 1 || !hosts.contains(host.get(0))) {
      return "host_foreign";
    }
    Set<String> own = Set.of("http://" + host.get(0));
    if (!own.containsAll(all(request, "Origin"))
        || !OWN_FETCHES.containsAll(all(request, "Sec-Fetch-Site"))) {
      return "cross_site";
    }
    return all(request, HEADER).equals(List.of("1")) ? null : "control_header_missing";
  }

  private static List<String> all(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
