package dev.tollgate.cli.policy;

import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditVerifier;
import dev.tollgate.cedar.author.AuditedCalls;
import dev.tollgate.json.Shown;
import dev.tollgate.key.JwkFileKeySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where recorded calls are, and with what they are verified before they are believed. */
final class AuditOptions {
  @Option(
      names = "--audit",
      required = true,
      paramLabel = "FILE|FOLDER",
      description = "an audit stream, or the folder of all")
  Path audit = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "the gate's keys: the streams are verified first")
  @Nullable Path keys;

  @Option(
      names = "--anchor",
      paramLabel = "FOLDER",
      description = "where the signed heads are; they show what was cut off at the end")
  @Nullable Path anchor;

  /**
   * Reads the calls, and says whether they were verified.
   *
   * @throws IOException if there are none, or they were changed
   */
  AuditedCalls read(PrintWriter err) throws IOException {
    if (keys == null) {
      err.println("the audit was not verified: name its keys with --keys");
    } else {
      verify(keys, err);
    }
    AuditedCalls calls = AuditedCalls.read(audit);
    if (calls.unreadable() > 0) {
      err.println(calls.unreadable() + " lines are no records");
    }
    return calls;
  }

  private void verify(Path keyFile, PrintWriter err) throws IOException {
    AuditVerifier verifier = new AuditVerifier(JwkFileKeySource.load(keyFile));
    for (Path stream : AuditedCalls.streams(audit)) {
      String heads = String.valueOf(stream.getFileName()).replaceFirst("\\.jsonl$", ".heads");
      AuditReport report =
          verifier.verify(
              stream, anchor == null ? stream.resolveSibling(heads) : anchor.resolve(heads));
      if (!report.intact()) {
        throw new IOException(
            stream + " is not what the gate wrote: " + String.join("; ", report.findings()));
      }
      err.println(
          Shown.text(stream + ": " + report.records() + " records, none changed")
              + (report.notes().isEmpty()
                  ? ""
                  : " (" + Shown.text(String.join("; ", report.notes())) + ")"));
    }
  }
}
