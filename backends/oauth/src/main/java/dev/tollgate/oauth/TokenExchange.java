package dev.tollgate.oauth;

import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.tool.CredentialNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks the token endpoint to exchange the user's token for a narrower one (RFC 8693). */
final class TokenExchange {
  private static final String ANSWER = "the answer of the token endpoint";
  private final Transport transport;
  private final ClientAuthentication client;

  TokenExchange(Transport transport, ClientAuthentication client) {
    this.transport = transport;
    this.client = client;
  }

  /** Asks once: a second try could leave a first token that nobody knows of. */
  TokenResponse exchange(String subjectToken, CredentialNeed need, Endpoints endpoints)
      throws CredentialException {
    Map<String, List<String>> form = form(subjectToken, need);
    Answer answer = transport.post(endpoints.token(), client.sign(form, endpoints), ANSWER);
    if (answer.status() != 200) {
      throw unavailable("the token endpoint refused: " + answer.refusal());
    }
    if (!answer.isJson()) {
      throw unavailable(ANSWER + " is not application/json");
    }
    JsonValue.Members members = answer.json(ANSWER);
    Secret token = secret(members.get("access_token"));
    Secret refreshToken = secret(members.get("refresh_token"));
    if (token == null) {
      throw unavailable(ANSWER + " has no access_token");
    }
    return new TokenResponse(token, refreshToken, members);
  }

  private static Map<String, List<String>> form(String subjectToken, CredentialNeed need)
      throws CredentialException {
    try {
      TokenExchangeGrant grant =
          new TokenExchangeGrant(
              new BearerAccessToken(subjectToken),
              TokenTypeURI.ACCESS_TOKEN,
              null,
              null,
              TokenTypeURI.ACCESS_TOKEN,
              List.of(new Audience(need.audience())));
      Map<String, List<String>> form = new LinkedHashMap<>(grant.toParameters());
      if (!need.scopes().isEmpty()) {
        form.put("scope", List.of(String.join(" ", new TreeSet<>(need.scopes()))));
      }
      return form;
    } catch (RuntimeException e) {
      throw unavailable("the caller's subject token cannot be sent");
    }
  }

  private static @Nullable Secret secret(@Nullable JsonValue value) {
    String text = Json.text(value);
    return text == null || text.isEmpty() ? null : Secret.of(text);
  }

  private static CredentialException unavailable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, problem);
  }
}
