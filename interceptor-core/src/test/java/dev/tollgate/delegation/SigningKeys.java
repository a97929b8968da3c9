package dev.tollgate.delegation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keys of two purposes, which rotate and are withdrawn. */
final class SigningKeys implements KeySource {
  private final Map<KeyPurpose, List<ECKey>> signers = new EnumMap<>(KeyPurpose.class);
  private int made;

  SigningKeys() {
    for (KeyPurpose purpose : List.of(KeyPurpose.DELEGATION, KeyPurpose.AUDIT_HEAD)) {
      signers.put(purpose, new CopyOnWriteArrayList<>());
      rotate(purpose);
    }
  }

  static ECKey make(Curve curve, String kid) {
    try {
      return new ECKeyGenerator(curve).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  void rotate(KeyPurpose purpose) {
    of(purpose).add(0, make(Curve.P_256, purpose.prefix() + "/" + made++));
  }

  void withdraw(KeyPurpose purpose, String kid) {
    of(purpose).removeIf(key -> kid.equals(key.getKeyID()));
  }

  ECKey inUse(KeyPurpose purpose) {
    return of(purpose).get(0);
  }

  private List<ECKey> of(KeyPurpose purpose) {
    return signers.getOrDefault(purpose, List.of());
  }

  @Override
  public List<OctetSequenceKey> secrets(KeyPurpose purpose) {
    throw new IllegalStateException("no secrets here");
  }

  @Override
  public List<ECKey> signers(KeyPurpose purpose) {
    if (of(purpose).isEmpty()) {
      throw new IllegalStateException("no key for " + purpose);
    }
    return List.copyOf(of(purpose));
  }
}
