package dev.tollgate.audit;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The signed heads that an anchor kept for one stream.
 *
 * @param bySeq the MAC that each attested record must have
 * @param findings what is wrong with the heads themselves
 */
record AnchoredHeads(TreeMap<Long, String> bySeq, List<String> findings) {

  static AnchoredHeads read(Path file, String tenant, List<ECKey> keys) throws IOException {
    AnchoredHeads heads = new AnchoredHeads(new TreeMap<>(), new ArrayList<>());
    if (!Files.exists(file)) {
      return heads;
    }
    int number = 0;
    // Any byte is a character there: what is no head is a finding, not a failure to read.
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      number++;
      AuditHead head = AuditHead.verify(line, keys);
      if (head == null || !head.stream().equals(tenant)) {
        heads.findings.add(
            "head " + number + " is not one that a known key signed for this stream");
      } else {
        heads.add(head);
      }
    }
    return heads;
  }

  /** A stream that was cut and went on has two records of one number, and a head for each. */
  private void add(AuditHead head) {
    String before = bySeq.putIfAbsent(head.seq(), head.mac());
    if (before != null && !before.equals(head.mac())) {
      findings.add("two signed heads attest different records " + head.seq());
    }
  }

  /** The last record that is attested, 0 if none is. */
  long last() {
    return bySeq.isEmpty() ? 0 : bySeq.lastKey();
  }
}
