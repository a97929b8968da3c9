package dev.tollgate.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys from a JWK set in a file. A key's {@code kid} is its purpose, a slash and a name: {@code
 * audit/2026-11}. Keys of one purpose are used in the order of the file.
 */
public final class JwkFileKeySource implements KeySource {
  private final Path file;
  private final JWKSet keys;

  private JwkFileKeySource(Path file, JWKSet keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * Loads the file.
   *
   * @throws IllegalStateException if it cannot be read or is no JWK set; the message names the file
   *     and the remedy
   */
  public static JwkFileKeySource load(Path file) {
    try {
      return new JwkFileKeySource(file, JWKSet.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "keys: cannot read " + file + "; set tollgate.keys.file to a JWK set", e);
    } catch (ParseException e) {
      // The parser's message may repeat key material: it stays out.
      throw new IllegalStateException(
          "keys: " + file + " is not a JWK set; see docs/configuration.md");
    }
  }

  /**
   * Writes a file with one new key per purpose, readable by its owner only. For demos and first
   * steps.
   */
  public static void generate(Path file, String name) throws IOException {
    try {
      List<JWK> made = new ArrayList<>();
      for (KeyPurpose purpose : KeyPurpose.values()) {
        String kid = purpose.prefix() + "/" + name;
        made.add(
            purpose.signs()
                ? new ECKeyGenerator(Curve.P_256)
                    .keyID(kid)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate()
                : new OctetSequenceKeyGenerator(256).keyID(kid).generate());
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, new JWKSet(made).toString(false), StandardOpenOption.WRITE);
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK cannot make P-256 keys", e);
    }
  }

  @Override
  public List<OctetSequenceKey> secrets(KeyPurpose purpose) {
    return of(purpose, OctetSequenceKey.class);
  }

  @Override
  public List<ECKey> signers(KeyPurpose purpose) {
    return of(purpose, ECKey.class);
  }

  private <K extends JWK> List<K> of(KeyPurpose purpose, Class<K> type) {
    List<K> found = new ArrayList<>();
    for (JWK key : keys.getKeys()) {
      String kid = key.getKeyID();
      if (kid != null && kid.startsWith(purpose.prefix() + "/") && type.isInstance(key)) {
        if (key instanceof OctetSequenceKey && key.size() != 256) {
          throw new IllegalStateException("keys: " + file + ": " + kid + " is not 256 bits long");
        }
        found.add(type.cast(key));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "keys: "
              + file
              + " has no "
              + type.getSimpleName()
              + " whose kid starts with "
              + purpose.prefix()
              + "/");
    }
    return found;
  }
}
