package dev.tollgate.delegation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Signs and verifies (ES256) with the keys for delegations, and no others. Asked anew each time.
 */
final class DelegationKeys {
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);
  private final KeySource source;

  DelegationKeys(KeySource source) {
    this.source = source;
  }

  /**
   * Signs with the key in use.
   *
   * @throws IllegalStateException if there is none, or it is no P-256 key pair
   */
  String sign(String payload) {
    ECKey key = source.signers(KeyPurpose.DELEGATION).get(0);
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(SignedToken.TYPE))
                  .keyID(key.getKeyID())
                  .build(),
              new Payload(payload));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the delegation key cannot sign ES256", e);
    }
  }

  boolean verifies(SignedToken token) {
    byte[] signed = token.signed().getBytes(StandardCharsets.US_ASCII);
    for (ECKey key : known()) {
      try {
        if (token.keyId().equals(key.getKeyID())
            && new ECDSAVerifier(key).verify(HEADER, signed, token.signature())) {
          return true;
        }
      } catch (JOSEException e) {
        // A key that cannot verify ES256 has signed nothing: the next one may have.
      }
    }
    return false;
  }

  /** The ids of the keys whose delegations still count. */
  Set<String> trusted() {
    Set<String> ids = new HashSet<>();
    known().forEach(key -> ids.add(key.getKeyID()));
    return ids;
  }

  private List<ECKey> known() {
    try {
      return source.signers(KeyPurpose.DELEGATION);
    } catch (IllegalStateException e) {
      return List.of(); // no key: nothing verifies
    }
  }
}
