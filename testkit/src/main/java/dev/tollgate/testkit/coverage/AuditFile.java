package dev.tollgate.testkit.coverage;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.AuditVerifier;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.key.KeySource;
import dev.tollgate.testkit.TestKeys;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The audit of a run's trials, as it stands on disk. */
final class AuditFile {
  /** A place in it. */
  record Mark(long tenant, long nobody) {}

  private static final String NOBODY = AuditEntry.UNASSIGNED;
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

  /** How much is written by now, in the tenant's stream and in that of calls of no tenant. */
  Mark mark() {
    return new Mark(stream(tenant).toFile().length(), stream(NOBODY).toFile().length());
  }

  /**
   * Makes sure that it is whole. When the sink is closed.
   *
   * @throws IOException if it is not, or has a stream of anybody else
   */
  void verify() throws IOException {
    List<AuditReport> reports = new AuditVerifier(keys).verifyAll(folder, anchors);
    for (AuditReport report : reports) {
      boolean ours = report.stream().equals(tenant) || report.stream().equals(NOBODY);
      if (!ours || !report.intact() || report.attestedTo() < report.records()) {
        throw new IOException("the audit is not whole: " + reports);
      }
    }
  }

  /** What was written between two places. */
  CoverageEvidence between(Mark from, Mark to) throws IOException {
    List<JsonValue.Members> lines = new ArrayList<>();
    lines.addAll(lines(stream(tenant), from.tenant(), to.tenant()));
    lines.addAll(lines(stream(NOBODY), from.nobody(), to.nobody()));
    return CoverageEvidence.of(lines);
  }

  private static List<JsonValue.Members> lines(Path stream, long from, long to) throws IOException {
    if (from == to) {
      return List.of();
    }
    byte[] bytes = new byte[(int) (to - from)];
    try (RandomAccessFile file = new RandomAccessFile(stream.toFile(), "r")) {
      file.seek(from);
      file.readFully(bytes);
    }
    StrictJson json = new StrictJson(JsonLimits.DEFAULT);
    List<JsonValue.Members> lines = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        lines.add(json.parseObject(line));
      } catch (JsonRefusedException e) {
        throw new IOException("the audit has a line that is none", e);
      }
    }
    return lines;
  }

  private Path stream(String name) {
    return folder.resolve(name + ".jsonl");
  }
}
