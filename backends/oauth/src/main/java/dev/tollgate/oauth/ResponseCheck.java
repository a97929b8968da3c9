package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.CredentialNeed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the token endpoint says about the token it gave. */
final class ResponseCheck {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private ResponseCheck() {}

  /**
   * The scopes the server says it gave; it says none if they are the asked ones (RFC 8693 §2.2).
   */
  static Set<String> check(TokenResponse response, CredentialNeed need) throws CredentialException {
    JsonValue.Members members = response.members();
    if (response.refreshToken() != null) {
      throw wider("comes with a refresh token");
    }
    String type = Json.text(members.get("token_type"));
    if (type == null || !type.equalsIgnoreCase("Bearer")) {
      throw unverifiable("is no bearer token");
    }
    JsonValue issuedType = members.get("issued_token_type");
    if (issuedType != null && !ACCESS_TOKEN.equals(Json.text(issuedType))) {
      throw unverifiable("is no access token");
    }
    checkExpiresIn(members.get("expires_in"), need);
    JsonValue written = members.get("scope");
    if (written == null) {
      return need.scopes();
    }
    Set<String> scopes = Json.words(written);
    if (scopes == null) {
      throw unverifiable("has a scope that is no text");
    }
    if (!need.scopes().containsAll(scopes)) {
      throw wider("has more scopes than asked for");
    }
    return scopes;
  }

  private static void checkExpiresIn(@Nullable JsonValue written, CredentialNeed need)
      throws CredentialException {
    if (written == null) {
      return; // only recommended; exp decides
    }
    Double seconds = Json.number(written);
    if (seconds == null || seconds < 0) {
      throw unverifiable("has an expires_in that is no number of seconds");
    }
    if (seconds > need.lifetime().toMillis() / 1000d) {
      throw wider("lives longer than asked for");
    }
  }

  private static CredentialException wider(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_WIDER, "the token " + problem);
  }

  private static CredentialException unverifiable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNVERIFIABLE, "the token " + problem);
  }
}
