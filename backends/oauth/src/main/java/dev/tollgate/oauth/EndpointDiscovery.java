package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoints: what is set, and for the rest the issuer's metadata (RFC 8414, OpenID
 * Connect Discovery). Metadata is read at the first use, so that a server that is down does not
 * stop the start, and kept until the process ends.
 */
final class EndpointDiscovery {
  private final OAuthSettings settings;
  private final Transport transport;
  // No lock: callers that come at the same time ask twice, instead of waiting for each other.
  private final AtomicReference<@Nullable Endpoints> found = new AtomicReference<>();

  EndpointDiscovery(OAuthSettings settings, Transport transport) {
    this.settings = settings;
    this.transport = transport;
    URI token = settings.tokenEndpoint();
    URI jwks = settings.jwksUri();
    boolean complete = settings.issuer() == null || settings.revocationEndpoint() != null;
    if (token != null && jwks != null && complete) {
      found.set(new Endpoints(issuer(), token, settings.revocationEndpoint(), jwks));
    }
  }

  Endpoints endpoints() throws CredentialException {
    Endpoints known = found.get();
    if (known != null) {
      return known;
    }
    Endpoints discovered = discover();
    found.set(discovered);
    return discovered;
  }

  private Endpoints discover() throws CredentialException {
    JsonValue.Members metadata = metadata(Objects.requireNonNull(settings.issuer()));
    // RFC 8414 §3.3: metadata of another issuer is an attack or a mistake.
    if (!Objects.equals(Json.text(metadata.get("issuer")), issuer())) {
      throw unavailable("the metadata of tollgate.oauth.issuer names another issuer");
    }
    URI token = pick(settings.tokenEndpoint(), metadata, "token_endpoint");
    URI jwks = pick(settings.jwksUri(), metadata, "jwks_uri");
    if (token == null || jwks == null) {
      throw unavailable("the metadata of tollgate.oauth.issuer has no token_endpoint or jwks_uri");
    }
    URI revocation = pick(settings.revocationEndpoint(), metadata, "revocation_endpoint");
    return new Endpoints(issuer(), token, revocation, jwks);
  }

  private JsonValue.Members metadata(URI issuer) throws CredentialException {
    for (URI address : addresses(issuer)) {
      Answer answer = transport.get(address, "the server's metadata");
      if (answer.status() == 200) {
        return answer.json("the server's metadata");
      }
    }
    throw unavailable("tollgate.oauth.issuer has no metadata where RFC 8414 says");
  }

  /** RFC 8414 puts the well-known part before the issuer's path, OpenID Connect behind it. */
  static List<URI> addresses(URI issuer) {
    String path = Objects.requireNonNullElse(issuer.getRawPath(), "");
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String root = issuer.getScheme() + "://" + issuer.getRawAuthority();
    return List.of(
        URI.create(root + "/.well-known/oauth-authorization-server" + bare),
        URI.create(root + bare + "/.well-known/openid-configuration"));
  }

  private static @Nullable URI pick(@Nullable URI set, JsonValue.Members metadata, String name)
      throws CredentialException {
    JsonValue written = metadata.get(name);
    if (set != null || written == null) {
      return set;
    }
    String text = Json.text(written);
    URI uri = text == null ? null : SafeUri.parse(text);
    if (uri == null) {
      throw unavailable("the metadata's " + name + " " + SafeUri.RULE);
    }
    return uri;
  }

  private @Nullable String issuer() {
    return settings.issuer() == null ? null : settings.issuer().toString();
  }

  private static CredentialException unavailable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, problem);
  }
}
