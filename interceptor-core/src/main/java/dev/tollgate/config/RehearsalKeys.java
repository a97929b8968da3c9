package dev.tollgate.config;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.util.List;

/** One secret for everything, for a gate that nobody uses; it signs nothing. */
record RehearsalKeys(OctetSequenceKey secret) implements KeySource {
  @Override
  public List<OctetSequenceKey> secrets(KeyPurpose purpose) {
    return List.of(secret);
  }

  @Override
  public List<ECKey> signers(KeyPurpose purpose) {
    throw new IllegalStateException("a rehearsal signs nothing");
  }

  @Override
  public String toString() {
    return "RehearsalKeys"; // not the secret
  }
}
