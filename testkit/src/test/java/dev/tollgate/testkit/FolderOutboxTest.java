package dev.tollgate.testkit;

import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.key.KeySource;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderOutboxTest extends RevocationOutboxContract {
  @TempDir Path folder;
  private final KeySource keys = TestKeys.inMemory();

  @Override
  protected RevocationOutbox open() {
    return new FolderOutbox(folder, keys);
  }
}
