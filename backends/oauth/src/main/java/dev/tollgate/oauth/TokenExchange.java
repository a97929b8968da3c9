package dev.tollgate.oauth;

import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.tool.CredentialNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks the token endpoint to exchange the user's token for a narrower one (RFC 8693). */
final class TokenExchange {
  private final TokenEndpoint endpoint;
  private final ClientAuthentication client;

  TokenExchange(TokenEndpoint endpoint, ClientAuthentication client) {
    this.endpoint = endpoint;
    this.client = client;
  }

  /**
   * Asks once.
   *
   * @param actorToken names who acts for the subject; without one, the server names nobody
   */
  TokenResponse exchange(
      String subjectToken, @Nullable Secret actorToken, CredentialNeed need, Endpoints endpoints)
      throws CredentialException {
    return endpoint.ask(form(subjectToken, actorToken, need), client, endpoints);
  }

  private static Map<String, List<String>> form(
      String subjectToken, @Nullable Secret actorToken, CredentialNeed need)
      throws CredentialException {
    try {
      TokenExchangeGrant grant =
          new TokenExchangeGrant(
              new BearerAccessToken(subjectToken),
              TokenTypeURI.ACCESS_TOKEN,
              actorToken == null
                  ? null
                  : actorToken.reveal(SecretAccess.granted(), BearerAccessToken::new),
              actorToken == null ? null : TokenTypeURI.ACCESS_TOKEN,
              TokenTypeURI.ACCESS_TOKEN,
              List.of(new Audience(need.audience())));
      Map<String, List<String>> form = new LinkedHashMap<>(grant.toParameters());
      if (!need.scopes().isEmpty()) {
        form.put("scope", List.of(String.join(" ", new TreeSet<>(need.scopes()))));
      }
      return form;
    } catch (RuntimeException e) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE,
          "the caller's subject token, or the agent's own, cannot be sent");
    }
  }
}
