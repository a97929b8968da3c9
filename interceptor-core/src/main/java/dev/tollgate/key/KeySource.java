package dev.tollgate.key;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.util.List;

/**
 * Where keys come from. The first key of a purpose is in use; the others still verify what was made
 * with them.
 */
public interface KeySource {

  /**
   * The secret keys of a purpose, the one in use first.
   *
   * @throws IllegalStateException if there is none
   */
  List<OctetSequenceKey> secrets(KeyPurpose purpose);

  /**
   * The signing keys of a purpose, the one in use first.
   *
   * @throws IllegalStateException if there is none
   */
  List<ECKey> signers(KeyPurpose purpose);
}
