package dev.tollgate.bundle;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A bundle in a file. */
public final class BundleFile {
  private BundleFile() {}

  /**
   * Reads a bundle that counts at a time.
   *
   * @throws BundleException if it cannot be read or is not to be used; the message names the file
   */
  public static PolicyBundle verify(Path file, ECKey key, Instant now) {
    try {
      return BundleText.verify(text(file), key, now);
    } catch (BundleException e) {
      throw new BundleException(file + ": " + e.getMessage());
    }
  }

  /** The file's text. */
  public static String text(Path file) {
    try {
      if (Files.size(file) > BundleText.LONGEST) {
        throw new BundleException("the bundle is too long");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new BundleException("cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
