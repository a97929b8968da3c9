package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.tool.CredentialNeed;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the caller's token for one that is good for one call (RFC 8693), and revokes it (RFC
 * 7009). Servers grant more than was asked for, so what comes back is checked here; what fails is
 * revoked at once. Thread-safe.
 */
public final class OAuthCredentialIssuer implements CredentialIssuer {
  static final String NAME = "oauth";
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final EndpointDiscovery discovery;
  private final TokenExchange exchange;
  private final Revocation revocation;
  private final SignatureCheck signatures;
  private final @Nullable ActorTokens actors; // null: no actor is asked for

  /**
   * @throws IllegalStateException if the client key, or an agent's, cannot be used
   */
  public OAuthCredentialIssuer(OAuthSettings settings) {
    this(settings, System::nanoTime);
  }

  OAuthCredentialIssuer(OAuthSettings settings, LongSupplier nanos) {
    Transport transport = new Transport(settings.connectTimeout(), settings.requestTimeout());
    ClientAuthentication client =
        new ClientAuthentication(
            settings.clientId(),
            ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, settings.clientKeyFile()));
    this.discovery = new EndpointDiscovery(settings, transport);
    TokenEndpoint endpoint = new TokenEndpoint(transport);
    this.exchange = new TokenExchange(endpoint, client);
    this.revocation = new Revocation(transport, client);
    this.signatures = new SignatureCheck(new ServerKeys(transport, settings.requestTimeout()));
    this.actors =
        settings.actorRequired()
            ? new ActorTokens(
                AgentClients.read(settings.clientId(), client, settings.agents()),
                endpoint,
                transport,
                settings.requestTimeout(),
                nanos)
            : null;
  }

  /** Whether credentials can be had for this agent. */
  boolean canActAs(String agent) {
    return actors == null || actors.knows(agent);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public IssuedCredential issue(CredentialRequest request) throws CredentialException {
    String subjectToken = subjectToken(request.caller().subjectToken());
    String subject = subject(subjectToken);
    Endpoints endpoints = discovery.endpoints();
    TokenResponse response = exchanged(subjectToken, request, endpoints);
    try {
      return checked(response, request, subject, endpoints);
    } catch (CredentialException e) {
      String ended = revocation.tryToEnd(response, endpoints);
      throw new CredentialException(e.reason(), e.getMessage() + ended);
    } catch (RuntimeException e) {
      String ended = revocation.tryToEnd(response, endpoints);
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNVERIFIABLE,
          "the token could not be checked: " + e.getClass().getSimpleName() + ended);
    }
  }

  @Override
  public void revoke(Secret token) throws CredentialException {
    revocation.revoke(token, "access_token", discovery.endpoints());
  }

  private TokenResponse exchanged(
      String subjectToken, CredentialRequest request, Endpoints endpoints)
      throws CredentialException {
    if (actors == null) {
      return exchange.exchange(subjectToken, null, request.need(), endpoints);
    }
    String agent = request.agent().id();
    Secret actorToken = actors.copy(agent, endpoints);
    try {
      return exchange.exchange(subjectToken, actorToken, request.need(), endpoints);
    } catch (CredentialException e) {
      actors.forget(agent); // perhaps the server knows it no more: it was revoked, or restarted
      throw e;
    } finally {
      actorToken.wipe();
    }
  }

  private IssuedCredential checked(
      TokenResponse response,
      CredentialRequest request,
      @Nullable String subject,
      Endpoints endpoints)
      throws CredentialException {
    CredentialNeed need = request.need();
    Set<String> responded = ResponseCheck.check(response, need);
    String token = response.token().reveal(SecretAccess.granted(), text -> text);
    CompactJwt jwt = signatures.verify(token, endpoints);
    ClaimsCheck claims = new ClaimsCheck(jwt, need);
    claims.issuer(endpoints.issuer());
    claims.audience();
    claims.subject(subject);
    if (actors != null) {
      claims.actor(request.agent().id(), endpoints.issuer());
    }
    Set<String> scopes = claims.scopes(responded);
    Instant expiry = claims.expiry(Instant.now());
    return new IssuedCredential(
        reference(Json.text(jwt.claims().get("jti"))),
        response.token(),
        need.audience(),
        scopes,
        expiry,
        endpoints.revocation() != null);
  }

  private static String subjectToken(@Nullable Secret token) throws CredentialException {
    if (token == null) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE,
          "the caller has no subject token to exchange; open the Caller with the user's token");
    }
    try {
      return token.reveal(SecretAccess.granted(), text -> text);
    } catch (IllegalStateException e) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE, "the caller's subject token has ended");
    }
  }

  /** Whose token it is, {@code null} if only the server can read it. */
  private static @Nullable String subject(String subjectToken) throws CredentialException {
    CompactJwt jwt = CompactJwt.parse(subjectToken);
    if (jwt != null) {
      return Json.text(jwt.claims().get("sub"));
    }
    if (CompactJwt.looksLikeOne(subjectToken)) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNVERIFIABLE, "the caller's subject token is a malformed JWT");
    }
    return null;
  }

  private static String reference(@Nullable String jti) {
    return jti != null && REFERENCE.matcher(jti).matches() ? jti : "none";
  }
}
