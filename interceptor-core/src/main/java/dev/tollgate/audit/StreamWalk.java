package dev.tollgate.audit;

import dev.tollgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one walk through a stream, line by line. */
final class StreamWalk {
  private static final int NOTHING = -1;
  private final String tenant;
  private final AuditKeys keys;
  private final AnchoredHeads heads;
  private final List<String> findings;
  private final List<String> notes = new ArrayList<>();
  private long number;
  private long records;
  private long seq;
  private long attested;

  /** The MAC the next record must name; {@code null} after one whose MAC cannot be trusted. */
  private @Nullable String prev = AuditStream.GENESIS;

  private int newestKey = Integer.MAX_VALUE;
  private int torn = NOTHING;

  StreamWalk(String tenant, AuditKeys keys, AnchoredHeads heads) {
    this.tenant = tenant;
    this.keys = keys;
    this.heads = heads;
    this.findings = new ArrayList<>(heads.findings());
  }

  void line(byte[] bytes) {
    number++;
    AuditLine line = AuditLine.parse(bytes, keys, tenant);
    settleTorn(line);
    if (line == null) {
      torn = bytes.length;
    } else if (!line.authentic() || line.key() > newestKey) {
      // What it says cannot be trusted, its number neither: it counts as the one expected here. A
      // key that was replaced makes no more records.
      findings.add("line " + number + " (record " + (seq + 1) + ") was changed");
      seq++;
      prev = null;
    } else {
      records++;
      newestKey = line.key();
      order(line);
      seq = Math.max(seq, line.seq());
      prev = line.mac();
      attest(line);
    }
  }

  /** A crash leaves half a line; the next process says how many bytes of it stand there. */
  private void settleTorn(@Nullable AuditLine next) {
    if (torn == NOTHING) {
      return;
    }
    boolean declared =
        torn > 0
            && next != null
            && next.authentic()
            && "opened".equals(next.text("kind"))
            && next.fields().get("torn") instanceof JsonValue.Num num
            && num.value() == torn;
    if (declared) {
      notes.add("line " + (number - 1) + " was torn by a crash, and says so");
    } else {
      findings.add("line " + (number - 1) + " is no record");
      seq++; // one that was changed beyond recognition, or one that was never there
      prev = null;
    }
    torn = NOTHING;
  }

  private void order(AuditLine line) {
    if (line.seq() == seq && prev == null) {
      return; // the line before was none of ours, and nothing is missing
    }
    if (line.seq() <= seq) {
      findings.add("line " + number + ": record " + line.seq() + " stands after " + seq);
    } else if (line.seq() > seq + 1) {
      findings.add("records " + (seq + 1) + " to " + (line.seq() - 1) + " are missing");
    } else if (prev != null && !line.prev().equals(prev)) {
      findings.add("record " + line.seq() + " does not follow the record before it");
    }
  }

  private void attest(AuditLine line) {
    String head = heads.bySeq().get(line.seq());
    if (head != null && head.equals(line.mac())) {
      attested = Math.max(attested, line.seq());
    } else if (head != null) {
      findings.add("record " + line.seq() + " is not the one that its signed head attests");
    }
  }

  void end(int unfinished) {
    number++;
    settleTorn(null);
    if (unfinished > 0) {
      notes.add(
          unfinished + " bytes of an unfinished line stand at the end (a crash, or a live writer)");
    }
    if (heads.last() > seq) {
      findings.add(
          "records "
              + (seq + 1)
              + " to "
              + heads.last()
              + " were cut off: a signed head attests them");
    }
    if (attested < seq) {
      notes.add(
          "tail not attested: no signed head vouches for records " + (attested + 1) + " to " + seq);
    }
  }

  AuditReport missing() {
    if (heads.last() > 0) {
      findings.add("the stream is missing: a signed head attests " + heads.last() + " records");
    } else {
      findings.add("the stream is missing");
    }
    return report();
  }

  AuditReport report() {
    return new AuditReport(tenant, records, attested, findings, notes);
  }
}
