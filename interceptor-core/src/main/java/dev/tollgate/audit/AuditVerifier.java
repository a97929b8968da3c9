package dev.tollgate.audit;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a stream and its heads and finds what was changed, taken out, moved or cut off. */
public final class AuditVerifier {
  private final KeyedDigest keys;
  private final List<ECKey> headKeys;

  public AuditVerifier(KeySource keySource) {
    this.keys =
        new KeyedDigest(keySource.secrets(KeyPurpose.AUDIT).get(0).toSecretKey("HmacSHA256"));
    this.headKeys = keySource.signers(KeyPurpose.AUDIT_HEAD);
  }

  /**
   * Verifies one stream.
   *
   * @param stream the file {@code <tenant>.jsonl}
   * @param heads the anchor's file; one that is missing attests nothing
   */
  public AuditReport verify(Path stream, Path heads) throws IOException {
    String tenant = String.valueOf(stream.getFileName()).replaceFirst("\\.jsonl$", "");
    Walk walk = new Walk(tenant, readHeads(heads, tenant));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(stream))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          walk.line(line.toByteArray());
          line.reset();
        } else {
          line.write(b);
        }
      }
      walk.end(line.size());
    }
    return walk.report();
  }

  /** Verifies every stream of a folder. */
  public List<AuditReport> verifyAll(Path folder, Path anchors) throws IOException {
    List<AuditReport> reports = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        String heads = String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", ".heads");
        reports.add(verify(file, anchors.resolve(heads)));
      }
    }
    return reports;
  }

  private record Heads(TreeMap<Long, String> bySeq, List<String> forged) {}

  private Heads readHeads(Path file, String tenant) throws IOException {
    Heads heads = new Heads(new TreeMap<>(), new ArrayList<>());
    if (!Files.exists(file)) {
      return heads;
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      AuditHead head = AuditHead.verify(line, headKeys);
      if (head == null || !head.stream().equals(tenant)) {
        heads.forged.add("head " + number + " is not one that a known key signed for this stream");
      } else {
        heads.bySeq.put(head.seq(), head.mac());
      }
    }
    return heads;
  }

  /** The state of one walk through a stream. */
  private final class Walk {
    private final String tenant;
    private final Heads heads;
    private final List<String> findings;
    private final List<String> notes = new ArrayList<>();
    private long number;
    private long records;
    private long seq;
    private long attested;
    private long highest;
    private String prev = AuditStream.GENESIS;
    private int torn;

    Walk(String tenant, Heads heads) {
      this.tenant = tenant;
      this.heads = heads;
      this.findings = new ArrayList<>(heads.forged);
    }

    void line(byte[] bytes) {
      number++;
      AuditLine line = AuditLine.parse(bytes, keys, tenant);
      if (line == null) {
        report(findings::add, torn > 0, "line " + (number - 1) + " is no record");
        torn = bytes.length;
        return;
      }
      forgiveTorn(line);
      if (!line.authentic()) {
        findings.add("line " + number + " (record " + line.seq() + ") was changed");
      } else {
        records++;
        order(line);
      }
      highest = Math.max(highest, line.seq());
      seq = line.seq();
      prev = line.mac();
      String head = heads.bySeq.get(seq);
      if (head != null && head.equals(line.mac())) {
        attested = seq;
      } else if (head != null) {
        findings.add("record " + seq + " is not the one that its signed head attests");
      }
    }

    /** A crash leaves half a line; the next process says how many bytes of it stand there. */
    private void forgiveTorn(AuditLine line) {
      if (torn > 0) {
        boolean declared =
            line.authentic()
                && "opened".equals(line.text("kind"))
                && line.fields().get("torn") instanceof JsonValue.Num num
                && num.value() == torn;
        report(findings::add, !declared, "line " + (number - 1) + " is no record");
        report(notes::add, declared, "line " + (number - 1) + " was torn by a crash, and says so");
        torn = 0;
      }
    }

    private void order(AuditLine line) {
      if (line.seq() <= seq && line.seq() <= highest) {
        findings.add("line " + number + ": record " + line.seq() + " stands after " + seq);
      } else if (line.seq() > seq + 1) {
        findings.add("records " + (seq + 1) + " to " + (line.seq() - 1) + " are missing");
      } else if (!line.prev().equals(prev)) {
        findings.add("record " + line.seq() + " does not follow the record before it");
      }
    }

    void end(int unfinished) {
      report(findings::add, torn > 0, "line " + number + " is no record");
      report(
          notes::add,
          unfinished > 0,
          unfinished + " bytes of an unfinished line stand at the end (a crash, or a live writer)");
      if (!heads.bySeq.isEmpty() && heads.bySeq.lastKey() > seq) {
        findings.add(
            "records "
                + (seq + 1)
                + " to "
                + heads.bySeq.lastKey()
                + " were cut off: a signed head attests them");
      }
      if (attested < seq) {
        notes.add(
            "tail not attested: no signed head vouches for records "
                + (attested + 1)
                + " to "
                + seq);
      }
    }

    private void report(Consumer<String> to, boolean when, String text) {
      if (when) {
        to.accept(text);
      }
    }

    AuditReport report() {
      return new AuditReport(tenant, records, attested, findings, notes);
    }
  }
}
