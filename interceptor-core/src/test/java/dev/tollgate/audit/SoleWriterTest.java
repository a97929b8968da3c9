package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.fixture.Keys;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gate writes to a folder; a second one that was refused must not free it for a third. */
class SoleWriterTest {
  @TempDir Path folder;

  @Test
  void aRefusedSecondSinkLeavesTheLockWhereItIs() throws Exception {
    Keys keys = new Keys();
    FileAnchor anchor = new FileAnchor(folder.resolve("anchors"));
    Path audit = folder.resolve("audit");
    FileAuditSink first = new FileAuditSink(audit, keys, Durability.PROCESS, anchor);
    assertThatThrownBy(() -> new FileAuditSink(audit, keys, Durability.PROCESS, anchor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this process writes to " + audit);
    Path locks = Path.of("/proc/locks");
    if (Files.exists(locks)) { // the kernel's own list, where there is one
      String inode = ":" + Files.getAttribute(audit.resolve(".lock"), "unix:ino") + " ";
      assertThat(Files.readAllLines(locks)).anyMatch(line -> line.contains(inode));
    }
    first.close();
    try (FileChannel free = FileChannel.open(audit.resolve(".lock"), StandardOpenOption.WRITE)) {
      assertThat(free.tryLock()).isNotNull();
    } catch (OverlappingFileLockException e) {
      throw new AssertionError("the lock was not given back", e);
    }
    new FileAuditSink(audit, keys, Durability.PROCESS, anchor).close();
  }
}
