package dev.tollgate.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proves who we are with a signed statement (RFC 7523) that is good for one request. */
final class ClientAuthentication {
  /** Long enough for clocks that differ a little, short enough to be useless when leaked. */
  private static final int LIFETIME_SECONDS = 60;

  private final String clientId;
  private final ClientKey key;

  ClientAuthentication(String clientId, ClientKey key) {
    this.clientId = clientId;
    this.key = key;
  }

  /** Adds client id and a fresh assertion to a form. */
  Map<String, List<String>> sign(Map<String, List<String>> form, Endpoints endpoints)
      throws CredentialException {
    Instant now = Instant.now();
    JWTAuthenticationClaimsSet claims =
        new JWTAuthenticationClaimsSet(
            new ClientID(clientId),
            List.of(new Audience(endpoints.assertionAudience())),
            Date.from(now.plusSeconds(LIFETIME_SECONDS)),
            null,
            Date.from(now),
            new JWTID());
    Map<String, List<String>> signed = new LinkedHashMap<>(form);
    try {
      signed.putAll(
          new PrivateKeyJWT(claims, JWSAlgorithm.ES256, key.key(), key.id(), null).toParameters());
    } catch (JOSEException | RuntimeException e) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE, "the client key cannot sign");
    }
    signed.put("client_id", List.of(clientId)); // optional by RFC 7521, demanded by Spring's server
    return signed;
  }
}
