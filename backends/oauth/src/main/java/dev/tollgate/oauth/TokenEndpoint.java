package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the token endpoint for a token. */
final class TokenEndpoint {
  private static final String ANSWER = "the answer of the token endpoint";
  private final Transport transport;

  TokenEndpoint(Transport transport) {
    this.transport = transport;
  }

  /** Asks once: a second try could leave a first token that nobody knows of. */
  TokenResponse ask(
      Map<String, List<String>> form, ClientAuthentication client, Endpoints endpoints)
      throws CredentialException {
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

  private static @Nullable Secret secret(@Nullable JsonValue value) {
    String text = Json.text(value);
    return text == null || text.isEmpty() ? null : Secret.of(text);
  }

  private static CredentialException unavailable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, problem);
  }
}
