package dev.tollgate.audit;

import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.util.List;

/** The keys of the chain: the first makes records, the others still verify what they made. */
record AuditKeys(List<KeyedDigest> keys) {
  AuditKeys {
    keys = List.copyOf(keys);
  }

  static AuditKeys of(KeySource source) {
    return new AuditKeys(
        source.secrets(KeyPurpose.AUDIT).stream()
            .map(key -> new KeyedDigest(key.toSecretKey("HmacSHA256")))
            .toList());
  }

  KeyedDigest inUse() {
    return keys.get(0);
  }
}
