package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends tokens at the server (RFC 7009). */
final class Revocation {
  private final Transport transport;
  private final ClientAuthentication client;

  Revocation(Transport transport, ClientAuthentication client) {
    this.transport = transport;
    this.client = client;
  }

  /**
   * Ends a token.
   *
   * @param hint its kind, as RFC 7009 calls it
   * @throws CredentialException if it may still be alive
   */
  void revoke(Secret token, String hint, Endpoints endpoints) throws CredentialException {
    URI endpoint = endpoints.revocation();
    if (endpoint == null) {
      throw unavailable("the token server has no revocation endpoint");
    }
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.put("token", List.of(reveal(token)));
    form.put("token_type_hint", List.of(hint));
    Answer answer =
        transport.post(
            endpoint, client.sign(form, endpoints), "the answer of the revocation endpoint");
    // 200 also for a token it does not know. A page of a proxy is not the server's word.
    boolean ended = answer.status() == 200 || answer.status() == 204;
    if (!ended || answer.isHtml()) {
      throw unavailable("the revocation endpoint refused: " + answer.refusal());
    }
  }

  /** Ends what nobody may use. Whether that worked, as words for the operator. */
  String tryToEnd(TokenResponse response, Endpoints endpoints) {
    boolean ended = attempt(response.refreshToken(), "refresh_token", endpoints);
    ended &= attempt(response.token(), "access_token", endpoints);
    return ended ? "; it was revoked" : "; it could not be revoked and lives until it expires";
  }

  private boolean attempt(@Nullable Secret token, String hint, Endpoints endpoints) {
    if (token == null) {
      return true;
    }
    try {
      revoke(token, hint, endpoints);
      return true;
    } catch (CredentialException | RuntimeException e) {
      return false;
    } finally {
      token.wipe();
    }
  }

  private static String reveal(Secret token) throws CredentialException {
    try {
      return token.reveal(SecretAccess.granted(), text -> text);
    } catch (IllegalStateException e) {
      throw unavailable("the token to revoke is no longer in memory");
    }
  }

  private static CredentialException unavailable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, problem);
  }
}
