package dev.tollgate.key;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;

/**
 * Seals short texts at rest: JWE, {@code dir} and {@code A256GCM}. The key in use seals, all keys
 * of the purpose open. A text is sealed for a context, such as the id it is stored under, and does
 * not open for another one. Thread-safe.
 */
public final class Sealing {
  private static final String CONTEXT = "ctx";

  private final KeyPurpose purpose;
  private final List<OctetSequenceKey> keys;

  private Sealing(KeyPurpose purpose, List<OctetSequenceKey> keys) {
    this.purpose = purpose;
    this.keys = keys;
  }

  /**
   * Seals with the keys of a purpose.
   *
   * @throws IllegalStateException if there is none
   */
  public static Sealing of(KeySource source, KeyPurpose purpose) {
    List<OctetSequenceKey> keys = List.copyOf(source.secrets(purpose));
    if (keys.isEmpty()) {
      throw new IllegalStateException("keys: no secret whose kid starts with " + purpose.prefix());
    }
    return new Sealing(purpose, keys);
  }

  /**
   * Seals a text.
   *
   * @param context what it belongs to; anyone can read it in the sealed text, nobody can change it
   * @return printable ASCII without spaces
   */
  public String seal(String context, String text) throws SealException {
    OctetSequenceKey key = keys.get(0);
    JWEObject jwe =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(key.getKeyID())
                .customParam(CONTEXT, context)
                .build(),
            new Payload(text));
    try {
      jwe.encrypt(new DirectEncrypter(key));
    } catch (JOSEException e) {
      throw new SealException("the key in use for " + purpose.prefix() + " cannot seal");
    }
    return jwe.serialize();
  }

  /**
   * Opens a text.
   *
   * @throws SealException if it is no sealed text, was changed, was sealed for another context, or
   *     with a key that is not there
   */
  public String open(String context, String sealed) throws SealException {
    JWEObject jwe = parse(sealed);
    JWEHeader header = jwe.getHeader();
    if (!context.equals(header.getCustomParam(CONTEXT))) {
      throw new SealException("sealed for another context");
    }
    for (OctetSequenceKey key : keys) {
      if (Objects.equals(key.getKeyID(), header.getKeyID())) {
        try {
          jwe.decrypt(new DirectDecrypter(key));
          return jwe.getPayload().toString();
        } catch (JOSEException e) {
          throw new SealException("changed since it was sealed, or sealed with another key");
        }
      }
    }
    throw new SealException("no key of " + purpose.prefix() + " has the kid it was sealed with");
  }

  private static JWEObject parse(String sealed) throws SealException {
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      if (JWEAlgorithm.DIR.equals(jwe.getHeader().getAlgorithm())
          && EncryptionMethod.A256GCM.equals(jwe.getHeader().getEncryptionMethod())
          && jwe.getHeader().getCompressionAlgorithm() == null) {
        return jwe;
      }
    } catch (ParseException | RuntimeException e) {
      throw new SealException("not a sealed text"); // the parser's message may repeat it
    }
    throw new SealException("not sealed with dir and A256GCM");
  }
}
