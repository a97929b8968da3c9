package dev.tollgate.langchain4j.coverage;

import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.AuditVerifier;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.key.KeySource;
import dev.tollgate.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The audit of one trial, as it stands on disk. */
final class AuditFile {
  private final KeySource keys = TestKeys.inMemory();
  private final Path folder;
  private final Path anchors;
  private final String tenant;

  AuditFile(Path folder, String tenant) {
    this.folder = folder;
    this.anchors = folder.resolve("anchors");
    this.tenant = tenant;
  }

  KeySource keys() {
    return keys;
  }

  AuditSink open() {
    return new FileAuditSink(folder, keys, Durability.PROCESS, new FileAnchor(anchors));
  }

  /** How much is written by now. */
  long length() {
    return stream().toFile().length();
  }

  /**
   * What was written from a place on. Read when the sink is closed.
   *
   * @throws IOException if the audit is not whole, or has a stream of anybody else
   */
  Evidence since(long place) throws IOException {
    List<AuditReport> reports = new AuditVerifier(keys).verifyAll(folder, anchors);
    for (AuditReport report : reports) {
      boolean ours = report.stream().equals(tenant);
      if (!ours || !report.intact() || report.attestedTo() < report.records()) {
        throw new IOException("the audit is not whole: " + reports);
      }
    }
    return Evidence.read(stream(), place);
  }

  private Path stream() {
    return folder.resolve(tenant + ".jsonl");
  }
}
