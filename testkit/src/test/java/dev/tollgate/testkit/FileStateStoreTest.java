package dev.tollgate.testkit;

import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest extends StateStoreContract {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));
  private @Nullable StateStore store;

  @Override
  protected synchronized StateStore store() {
    StateStore open = store;
    if (open == null) {
      open = FileStateStore.open(folder.resolve("state"), clock);
      store = open;
    }
    return open;
  }

  @AfterEach
  void close() {
    store().close();
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }
}
