package dev.tollgate.testkit;

import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.approval.StateApprovalStore;
import dev.tollgate.key.KeySource;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** {@link StateApprovalStore} in a file; another instance is another opening of the file. */
class FileApprovalStoreTest extends ApprovalStoreContract {
  @TempDir Path folder;
  private final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-23T12:00:00.123456Z"));
  private final KeySource keys = TestKeys.inMemory();
  private @Nullable StateStore state;
  private @Nullable ApprovalStore store;

  @Override
  protected synchronized ApprovalStore store() {
    ApprovalStore open = store;
    return open == null ? another() : open;
  }

  @Override
  protected synchronized ApprovalStore another() {
    close();
    StateStore anew = FileStateStore.open(folder.resolve("state"), clock);
    ApprovalStore open = InMemoryApprovalStoreTest.over(anew, keys, clock);
    state = anew;
    store = open;
    return open;
  }

  @AfterEach
  synchronized void close() {
    StateStore open = state;
    if (open != null) {
      open.close();
    }
  }

  @Override
  protected Instant now() {
    return clock.now();
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }

  @Override
  protected Collection<String> raw() {
    try {
      return List.of(Files.readString(folder.resolve("state")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
