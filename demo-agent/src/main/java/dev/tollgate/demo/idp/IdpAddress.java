package dev.tollgate.demo.idp;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the token server listens. Its port is chosen at start, so nothing can know it earlier. */
public final class IdpAddress implements ApplicationListener<WebServerInitializedEvent> {
  private volatile @Nullable URI issuer;

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    issuer = URI.create("http://127.0.0.1:" + event.getWebServer().getPort());
  }

  /**
   * The issuer, which is also the base of every endpoint.
   *
   * @throws IllegalStateException before the server listens
   */
  public URI issuer() {
    URI known = issuer;
    if (known == null) {
      throw new IllegalStateException("the token server does not listen yet");
    }
    return known;
  }

  public URI tokenEndpoint() {
    return issuer().resolve("/oauth2/token");
  }

  public URI introspectionEndpoint() {
    return issuer().resolve("/oauth2/introspect");
  }

  public URI revocationEndpoint() {
    return issuer().resolve("/oauth2/revoke");
  }
}
