package dev.tollgate.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that are made when they are asked for and live as long as this object. For tests only. */
public final class TestKeys implements KeySource {
  private final Map<KeyPurpose, OctetSequenceKey> secrets = new ConcurrentHashMap<>();
  private final Map<KeyPurpose, ECKey> signers = new ConcurrentHashMap<>();

  private TestKeys() {}

  public static KeySource inMemory() {
    return new TestKeys();
  }

  @Override
  public List<OctetSequenceKey> secrets(KeyPurpose purpose) {
    return List.of(
        secrets.computeIfAbsent(
            purpose,
            p -> {
              try {
                return new OctetSequenceKeyGenerator(256).keyID(p.prefix() + "/test").generate();
              } catch (JOSEException e) {
                throw new IllegalStateException(e);
              }
            }));
  }

  @Override
  public List<ECKey> signers(KeyPurpose purpose) {
    return List.of(
        signers.computeIfAbsent(
            purpose,
            p -> {
              try {
                return new ECKeyGenerator(Curve.P_256).keyID(p.prefix() + "/test").generate();
              } catch (JOSEException e) {
                throw new IllegalStateException(e);
              }
            }));
  }
}
