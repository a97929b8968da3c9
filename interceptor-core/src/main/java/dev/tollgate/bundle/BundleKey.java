package dev.tollgate.bundle;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/** The key of bundles: one JWK in a file, EC P-256 with a {@code kid}. */
public final class BundleKey {
  private BundleKey() {}

  /**
   * Reads a key; of a pair, the private part is there, too.
   *
   * @throws BundleException if the file cannot be read or holds no such key
   */
  public static ECKey read(Path file) {
    try {
      ECKey key = ECKey.parse(Files.readString(file));
      if (key.getKeyID() == null || !Curve.P_256.equals(key.getCurve())) {
        throw new BundleException(file + " is not an EC P-256 key with a kid");
      }
      return key;
    } catch (IOException e) {
      throw new BundleException(file + " cannot be read: " + e.getClass().getSimpleName());
    } catch (ParseException | RuntimeException e) {
      // The parser's message may repeat key material: it stays out.
      throw e instanceof BundleException known
          ? known
          : new BundleException(file + " is not one EC key as a JWK");
    }
  }
}
