package dev.tollgate.http;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.secret.SecretAccess;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One request on the way: the first, or one that a redirect led to.
 *
 * @param path path and query
 * @param headers the caller's, as far as they may go to this target
 * @param strayed whether the way has left the origin that the caller named
 */
record Hop(
    Target target,
    String method,
    String path,
    List<Header> headers,
    @Nullable HttpEntity entity,
    int redirects,
    boolean strayed) {
  /** Set by the client from the target, or meant for whom it talks to directly. */
  private static final Set<String> NEVER =
      Set.of("host", "proxy-authorization", "proxy-connection", "upgrade", "http2-settings");

  Hop {
    headers =
        headers.stream()
            .filter(header -> !NEVER.contains(header.getName().toLowerCase(Locale.ROOT)))
            .toList();
  }

  /** The request as it is sent, with the call's credential where that belongs. */
  HttpUriRequestBase request() {
    URI url = target.url(path);
    HttpUriRequestBase request = new HttpUriRequestBase(method, url);
    request.setScheme(target.scheme());
    request.setAuthority(target.authority());
    request.setPath(path);
    headers.forEach(request::addHeader);
    request.setEntity(entity);
    Optional<CallCredential> credential = CallCredential.current();
    // Not after a detour: a foreign server must not choose what is done with the user's authority.
    if (!strayed
        && credential.isPresent()
        && !request.containsHeader(HttpHeaders.AUTHORIZATION)
        && credential.get().isFor(url)) {
      credential
          .get()
          .bearer(
              SecretAccess.granted(),
              url,
              token -> {
                request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
                return token.length();
              });
    }
    return request;
  }
}
