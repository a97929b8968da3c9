package dev.tollgate.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends heads to {@code <tenant>.heads} in a folder; best one that another user owns or another
 * machine mounts.
 */
public final class FileAnchor implements AuditAnchor {
  private final Path folder;

  public FileAnchor(Path folder) {
    this.folder = folder;
  }

  @Override
  public void publish(String tenant, String head) throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve(tenant + ".heads"),
        (head + "\n").getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
