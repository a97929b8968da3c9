package dev.tollgate.oauth;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The token server's signature keys, cached; fetched as bounded as everything else. */
final class ServerKeys {
  private static final long TIME_TO_LIVE = Duration.ofMinutes(5).toMillis();

  /** Carries our reason through Nimbus, which knows only its own exceptions. */
  static final class NotFetched extends IOException {
    private static final long serialVersionUID = 1L;
    private final CredentialException reason;

    NotFetched(CredentialException reason) {
      super(reason.getMessage());
      this.reason = reason;
    }

    CredentialException reason() {
      return reason;
    }
  }

  private final Transport transport;
  private final long lockTimeout;
  private final ConcurrentMap<URI, JWKSource<SecurityContext>> sources = new ConcurrentHashMap<>();

  ServerKeys(Transport transport, Duration requestTimeout) {
    this.transport = transport;
    this.lockTimeout = requestTimeout.toMillis() + 100;
  }

  JWKSource<SecurityContext> at(URI uri) {
    return sources.computeIfAbsent(uri, this::source);
  }

  private JWKSource<SecurityContext> source(URI uri) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(uri.toURL(), this::fetch)
          .cache(TIME_TO_LIVE, lockTimeout)
          .refreshAheadCache(false) // no threads of its own
          .build(); // an unknown kid fetches again, at most twice in 30 s
    } catch (MalformedURLException e) {
      throw new IllegalStateException("an http URI that is no URL", e);
    }
  }

  private Resource fetch(URL url) throws IOException {
    try {
      Answer answer = transport.get(URI.create(url.toString()), "the server's key set");
      if (answer.status() != 200) {
        throw new CredentialException(
            ReasonCode.CREDENTIAL_UNAVAILABLE,
            "the server's key set is refused: status " + answer.status());
      }
      return new Resource(answer.text(), "application/json");
    } catch (CredentialException e) {
      throw new NotFetched(e);
    }
  }
}
