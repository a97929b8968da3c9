package dev.tollgate.credential;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
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
  private final List<OctetSequenceKey> keys;

  /**
   * Opens the folder.
   *
   * @throws IllegalStateException if it cannot be made
   */
  public FolderOutbox(Path folder, KeySource keySource) {
    this.folder = folder;
    this.keys = keySource.secrets(KeyPurpose.OUTBOX);
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
      Files.writeString(half, encrypt(credential));
      Files.move(half, folder.resolve(lease + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | JOSEException e) {
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
          found.add(new Pending(lease, decrypt(Files.readString(file))));
        } catch (IOException | ParseException | JOSEException | RuntimeException e) {
          // Not the message: it may hold what the file holds.
          log.error("outbox: {} cannot be read ({}); kept", name, e.getClass().getSimpleName());
        }
      }
    } catch (IOException e) {
      log.error("outbox: {} cannot be listed", folder, e);
    }
    return found;
  }

  private String encrypt(IssuedCredential credential) throws JOSEException {
    OctetSequenceKey key = keys.get(0);
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
    JWEObject jwe =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(key.getKeyID())
                .build(),
            new Payload(content));
    jwe.encrypt(new DirectEncrypter(key));
    return jwe.serialize();
  }

  private IssuedCredential decrypt(String text) throws ParseException, JOSEException {
    JWEObject jwe = JWEObject.parse(text);
    for (OctetSequenceKey key : keys) {
      if (key.getKeyID().equals(jwe.getHeader().getKeyID())) {
        jwe.decrypt(new DirectDecrypter(key));
        Map<String, Object> content = jwe.getPayload().toJSONObject();
        return new IssuedCredential(
            String.valueOf(content.get("reference")),
            Secret.of(String.valueOf(content.get("token"))),
            String.valueOf(content.get("audience")),
            Set.of(),
            Instant.parse(String.valueOf(content.get("expiresAt"))),
            true);
      }
    }
    throw new JOSEException("no key " + KeyPurpose.OUTBOX.prefix() + " of that kid");
  }
}
