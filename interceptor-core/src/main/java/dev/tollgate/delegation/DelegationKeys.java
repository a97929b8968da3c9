package dev.tollgate.delegation;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.key.SignedText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Signs and verifies (ES256) with the keys for delegations, and no others. Asked anew each time.
 */
final class DelegationKeys {
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
    return SignedText.sign(payload, SignedToken.TYPE, source.signers(KeyPurpose.DELEGATION).get(0));
  }

  boolean verifies(SignedToken token) {
    return known().stream().anyMatch(token::verifiedBy);
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
