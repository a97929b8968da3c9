package dev.tollgate.delegation;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.SignedText;
import dev.tollgate.reason.ReasonCode;
import java.security.SignatureException;

/** A delegation's signed text taken apart, its signature not yet checked. */
record SignedToken(SignedText text) {
  /** The longest token, in characters: six hops with some dozen tools each. */
  static final int LONGEST = 32 * 1024;

  static final String TYPE = "txntoken+jwt";

  static SignedToken read(String compact) throws DelegationException {
    try {
      return new SignedToken(SignedText.read(compact, TYPE, LONGEST));
    } catch (SignatureException e) {
      throw new DelegationException(ReasonCode.DELEGATION_FORGED, "no signed delegation");
    }
  }

  String keyId() {
    return text.keyId();
  }

  String payload() {
    return text.payload();
  }

  boolean verifiedBy(ECKey key) {
    return text.verifiedBy(key);
  }
}
