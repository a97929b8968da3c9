package dev.tollgate.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Our own key at the token server: the one standing secret.
 *
 * @param key signs client assertions
 * @param id its {@code kid}
 */
record ClientKey(PrivateKey key, @Nullable String id) {
  private static final int MAX_BYTES = 16 * 1024;

  /**
   * Reads a private JWK.
   *
   * @param setting the key that names the file or its folder, for the message
   * @throws IllegalStateException if it is none; never with a cause, which could quote the file
   */
  static ClientKey read(String setting, Path file) {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refuse(setting, file, "is longer than a JWK");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refuse(setting, file, "cannot be read: " + e.getClass().getSimpleName());
    }
    try {
      return of(setting, file, JWK.parse(text));
    } catch (ParseException | JOSEException | RuntimeException e) {
      if (e instanceof Refused refused) {
        throw refused;
      }
      throw refuse(setting, file, "is not a JWK");
    }
  }

  private static ClientKey of(String setting, Path file, JWK jwk) throws JOSEException {
    if (!(jwk instanceof ECKey ec) || !Curve.P_256.equals(ec.getCurve())) {
      throw refuse(setting, file, "is not an EC key on P-256");
    }
    if (!ec.isPrivate()) {
      throw refuse(setting, file, "is a public key; the private one is needed");
    }
    boolean es256 = ec.getAlgorithm() == null || JWSAlgorithm.ES256.equals(ec.getAlgorithm());
    boolean signs = ec.getKeyUse() == null || KeyUse.SIGNATURE.equals(ec.getKeyUse());
    if (!es256 || !signs) {
      throw refuse(setting, file, "is a key for another purpose than ES256 signatures");
    }
    return new ClientKey(ec.toECPrivateKey(), ec.getKeyID());
  }

  private static Refused refuse(String setting, Path file, String problem) {
    return new Refused(setting + ": " + file + " " + problem);
  }

  private static final class Refused extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public String toString() {
    return "ClientKey[" + id + "]";
  }
}
