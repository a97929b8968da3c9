package dev.tollgate.credential;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.key.SealException;
import dev.tollgate.key.Sealing;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in a folder: one file a lease, encrypted (JWE, A256GCM), there when the process is
 * gone. It is not synced to disk: what a machine's crash takes away lives its 60 seconds at most.
 */
public final class FolderOutbox implements RevocationOutbox {
  private static final Logger log = LoggerFactory.getLogger(FolderOutbox.class);
  private static final String SUFFIX = ".lease";
  private final Path folder;
  private final Sealing sealing;

  /**
   * Opens the folder.
   *
   * @throws IllegalStateException if it cannot be made
   */
  public FolderOutbox(Path folder, KeySource keySource) {
    this.folder = folder;
    this.sealing = Sealing.of(keySource, KeyPurpose.OUTBOX);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new IllegalStateException(
          "outbox: cannot make " + folder + "; check tollgate.credential.outbox", e);
    }
  }

  @Override
  public void put(String lease, IssuedCredential credential) throws OutboxException {
    Path half = folder.resolve(lease + ".tmp");
    try {
      Files.writeString(half, encrypt(lease, credential));
      Files.move(half, folder.resolve(lease + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SealException e) {
      half.toFile().delete();
      throw new OutboxException("cannot store in " + folder, e);
    }
  }

  @Override
  public void remove(String lease) {
    try {
      Files.deleteIfExists(folder.resolve(lease + SUFFIX));
    } catch (IOException e) {
      log.warn("outbox: {} could not be removed; it is revoked again at the next start", lease, e);
    }
  }

  @Override
  public List<Pending> pending() {
    List<Pending> found = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        String name = String.valueOf(file.getFileName());
        try {
          String lease = name.substring(0, name.length() - SUFFIX.length());
          found.add(new Pending(lease, decrypt(lease, Files.readString(file))));
        } catch (IOException | ParseException | SealException | RuntimeException e) {
          // Not the message: it may hold what the file holds.
          log.error("outbox: {} cannot be read ({}); kept", name, e.getClass().getSimpleName());
        }
      }
    } catch (IOException e) {
      log.error("outbox: {} cannot be listed", folder, e);
    }
    return found;
  }

  /** Sealed for its lease: another one's file under its name does not open. */
  private String encrypt(String lease, IssuedCredential credential) throws SealException {
    Map<String, Object> content =
        credential
            .token()
            .reveal(
                SecretAccess.granted(),
                token ->
                    Map.of(
                        "token", token,
                        "reference", credential.reference(),
                        "audience", credential.audience(),
                        "expiresAt", credential.expiresAt().toString()));
    return sealing.seal(lease, JSONObjectUtils.toJSONString(content));
  }

  private IssuedCredential decrypt(String lease, String text) throws SealException, ParseException {
    Map<String, Object> content = JSONObjectUtils.parse(sealing.open(lease, text));
    return new IssuedCredential(
        String.valueOf(content.get("reference")),
        Secret.of(String.valueOf(content.get("token"))),
        String.valueOf(content.get("audience")),
        Set.of(),
        Instant.parse(String.valueOf(content.get("expiresAt"))),
        true);
  }
}
