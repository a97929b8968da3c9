package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.CredentialNeed;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that a verified token is good for what was asked for, and for nothing more. */
final class ClaimsCheck {
  /** How far the server's clock may be ahead of ours. */
  private static final int SKEW_SECONDS = 5;

  private final JsonValue.Members claims;
  private final CredentialNeed need;

  ClaimsCheck(CompactJwt token, CredentialNeed need) {
    this.claims = token.claims();
    this.need = need;
  }

  void issuer(@Nullable String issuer) throws CredentialException {
    if (issuer != null && !issuer.equals(Json.text(claims.get("iss")))) {
      throw unverifiable("comes from another issuer");
    }
  }

  /** One more audience is one more server that may use the token on the user's behalf. */
  void audience() throws CredentialException {
    JsonValue written = claims.get("aud");
    if (written instanceof JsonValue.Array array && array.items().size() == 1) {
      written = array.items().get(0);
    }
    if (!need.audience().equals(Json.text(written))) {
      throw wider("is not for the asked audience alone");
    }
  }

  /** The token must be the subject's; where the subject token is opaque, only the server knows. */
  void subject(@Nullable String subject) throws CredentialException {
    if (subject != null && !subject.equals(Json.text(claims.get("sub")))) {
      throw wider("is for another subject");
    }
  }

  /** The outermost actor acts; those inside it acted before (RFC 8693, section 4.1). */
  void actor(String agent, @Nullable String issuer) throws CredentialException {
    if (!(claims.get("act") instanceof JsonValue.Members act)) {
      throw actorMissing("names no actor");
    }
    JsonValue writtenIssuer = act.get("iss");
    boolean foreign =
        issuer != null && writtenIssuer != null && !issuer.equals(Json.text(writtenIssuer));
    if (foreign || !agent.equals(Json.text(act.get("sub")))) {
      throw actorMissing("names another actor");
    }
  }

  /**
   * The scopes in the token, those of the response if it names none.
   *
   * @param responded what the response says
   */
  Set<String> scopes(Set<String> responded) throws CredentialException {
    Set<String> scopes = new LinkedHashSet<>();
    boolean named = false;
    for (String claim : new String[] {"scope", "scp"}) { // scp: Entra ID, Okta
      JsonValue written = claims.get(claim);
      if (written == null) {
        continue;
      }
      Set<String> words = Json.words(written);
      if (words == null) {
        throw unverifiable("has a scope that is neither a text nor texts");
      }
      scopes.addAll(words);
      named = true;
    }
    if (!need.scopes().containsAll(scopes)) {
      throw wider("has more scopes than asked for");
    }
    return named ? scopes : responded;
  }

  /** When it ends. Compared as seconds: as milliseconds a huge one would wrap around to soon. */
  Instant expiry(Instant now) throws CredentialException {
    JsonValue written = claims.get("exp");
    if (written == null) {
      throw wider("never expires");
    }
    Double seconds = Json.number(written);
    if (seconds == null) {
      throw unverifiable("has an exp that is no number");
    }
    double latest = now.getEpochSecond() + need.lifetime().toMillis() / 1000d + SKEW_SECONDS;
    if (seconds > latest) {
      throw wider("lives longer than asked for");
    }
    if (seconds <= now.getEpochSecond()) {
      throw unverifiable("has expired");
    }
    return Instant.ofEpochSecond((long) Math.ceil(seconds));
  }

  private static CredentialException actorMissing(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_ACTOR_MISSING, "the token " + problem);
  }

  private static CredentialException wider(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_WIDER, "the token " + problem);
  }

  private static CredentialException unverifiable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNVERIFIABLE, "the token " + problem);
  }
}
