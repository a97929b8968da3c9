package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.AuditVerifier;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.key.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class FileAuditSinkTest extends AuditSinkContract {
  private static final Pattern CALL = Pattern.compile("\"call\":\"([^\"]+)\"");
  @TempDir Path folder;
  private final KeySource keys = TestKeys.inMemory();
  private @Nullable FileAuditSink sink;

  @Override
  protected synchronized AuditSink sink() {
    FileAuditSink open = sink;
    if (open == null) {
      open =
          new FileAuditSink(
              folder.resolve("audit"),
              keys,
              Durability.PROCESS,
              new FileAnchor(folder.resolve("anchor")));
      sink = open;
    }
    return open;
  }

  @Override
  protected List<String> kept(String tenant) throws Exception {
    String text = Files.readString(folder.resolve("audit").resolve(tenant + ".jsonl"));
    return CALL.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @AfterEach
  void everyStreamIsIntact() throws Exception {
    sink().close();
    assertThat(new AuditVerifier(keys).verifyAll(folder.resolve("audit"), folder.resolve("anchor")))
        .isNotEmpty()
        .allMatch(report -> report.intact() && report.notes().isEmpty());
  }
}
