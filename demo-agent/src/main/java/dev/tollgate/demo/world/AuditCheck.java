package dev.tollgate.demo.world;

import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Verifies the audit of a run and says what was found. */
public final class AuditCheck {
  private final List<AuditReport> reports;

  private AuditCheck(List<AuditReport> reports) {
    this.reports = reports;
  }

  public static AuditCheck of(DemoFolder folder) throws IOException {
    return of(folder, folder.audit(), folder.anchors());
  }

  /** Verifies streams that stand apart from the folder's keys. */
  public static AuditCheck of(DemoFolder folder, Path audit, Path anchors) throws IOException {
    if (!Files.isDirectory(audit)) {
      throw new IOException("no audit in " + audit + ": run the demo first, or name --folder");
    }
    return new AuditCheck(new AuditVerifier(folder.keys()).verifyAll(audit, anchors));
  }

  public boolean intact() {
    return !reports.isEmpty() && reports.stream().allMatch(AuditReport::intact);
  }

  public long records() {
    return reports.stream().mapToLong(AuditReport::records).sum();
  }

  public String render() {
    StringBuilder out = new StringBuilder();
    for (AuditReport report : reports) {
      out.append(
          "  %s  %s.jsonl: %d records, attested to %d%n"
              .formatted(
                  report.intact() ? "✔" : "✘",
                  report.stream(),
                  report.records(),
                  report.attestedTo()));
      report.findings().forEach(finding -> out.append("       ✘ ").append(finding).append('\n'));
      report.notes().forEach(note -> out.append("       · ").append(note).append('\n'));
    }
    return out.toString();
  }
}
