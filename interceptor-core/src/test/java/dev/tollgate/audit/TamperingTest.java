package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a stream is found, and said in words that fit. */
class TamperingTest {
  @TempDir Path root;
  private Folder folder = new Folder(Path.of("target/unused"));
  private List<String> lines = List.of();

  @BeforeEach
  void write() throws Exception {
    folder = new Folder(root).written();
    lines = folder.lines();
  }

  private List<String> findings() throws Exception {
    folder.write(lines);
    return folder.verify().findings();
  }

  @Test
  void untouchedItIsIntact() throws Exception {
    AuditReport report = folder.verify();
    assertThat(report.intact()).isTrue();
    assertThat(report.findings()).isEmpty();
    assertThat(report.notes()).isEmpty();
    assertThat(report.records()).isEqualTo(6);
    assertThat(report.attestedTo()).isEqualTo(6);
  }

  @Test
  void withoutHeadsTheTailIsNotAttested() throws Exception {
    Files.delete(folder.heads());
    AuditReport report = folder.verify();
    assertThat(report.intact()).isTrue();
    assertThat(report.notes())
        .containsExactly("tail not attested: no signed head vouches for records 1 to 6");
  }

  @Test
  void aChangedByteInAnyField() throws Exception {
    String line = lines.get(2);
    Matcher values = Pattern.compile("\":\"?([^\",}])").matcher(line);
    int fields = 0;
    while (values.find()) {
      char was = line.charAt(values.start(1));
      char is = was == '1' ? '2' : was == 'x' ? 'y' : Character.isDigit(was) ? '1' : 'x';
      lines.set(2, line.substring(0, values.start(1)) + is + line.substring(values.end(1)));
      assertThat(findings())
          .as(lines.get(2))
          .singleElement()
          .asString()
          .isEqualTo("line 3 (record 3) was changed");
      fields++;
    }
    assertThat(fields).isEqualTo(11);
  }

  @Test
  void aByteThatMakesItNoJson() throws Exception {
    lines.set(2, lines.get(2).replace("\"seq\"", "\"seq;"));
    assertThat(findings()).containsExactly("line 3 is no record");
  }

  @Test
  void aFieldBehindTheMac() throws Exception {
    String line = lines.get(2);
    lines.set(2, line.substring(0, line.length() - 1) + ",\"approvedBy\":\"bob\"}");
    assertThat(findings()).containsExactly("line 3 (record 3) was changed");
    lines.set(2, line + " ");
    assertThat(findings()).containsExactly("line 3 (record 3) was changed");
  }

  @Test
  void aDeletedLine() throws Exception {
    lines.remove(2);
    assertThat(findings()).containsExactly("records 3 to 3 are missing");
  }

  @Test
  void aDeletedFirstLine() throws Exception {
    lines.remove(0);
    assertThat(findings()).containsExactly("records 1 to 1 are missing");
  }

  @Test
  void swappedLines() throws Exception {
    Collections.swap(lines, 2, 3);
    assertThat(findings())
        .contains("records 3 to 3 are missing", "line 4: record 3 stands after 4");
  }

  @Test
  void aRepeatedLine() throws Exception {
    lines.add(3, lines.get(2));
    assertThat(findings()).contains("line 4: record 3 stands after 3");
  }

  @Test
  void aForgedLineInBetween() throws Exception {
    lines.add(3, lines.get(2).replace("forbidden", "permitted"));
    assertThat(findings()).containsExactly("line 4 (record 4) was changed");
    lines.set(3, "zebra");
    assertThat(findings()).containsExactly("line 4 is no record");
    lines.set(3, "");
    assertThat(findings()).containsExactly("line 4 is no record");
  }

  @Test
  void aCutTail() throws Exception {
    lines = lines.subList(0, 4);
    assertThat(findings())
        .containsExactly("records 5 to 6 were cut off: a signed head attests them");
  }

  @Test
  void aTailCutAndWrittenAnew() throws Exception {
    folder.write(lines.subList(0, 4));
    try (FileAuditSink sink = folder.sink()) {
      sink.append(List.of(Folder.refused("acme"))); // opened is 5, this is 6 again
    }
    assertThat(folder.verify().findings()).contains("two signed heads attest different records 6");
  }

  @Test
  void aStreamThatIsGone() throws Exception {
    Files.delete(folder.stream());
    assertThat(new AuditVerifier(folder.keys).verifyAll(folder.path, folder.anchors))
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.findings())
                    .containsExactly("the stream is missing: a signed head attests 6 records"));
  }

  @Test
  void forgedHeads() throws Exception {
    String head = Files.readAllLines(folder.heads()).get(0);
    Files.write(folder.heads(), "zebra\n\u00ff\u00fe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(folder.verify().findings())
        .containsExactly(
            "head 1 is not one that a known key signed for this stream",
            "head 2 is not one that a known key signed for this stream");
    int dot = head.lastIndexOf('.');
    Files.writeString(folder.heads(), head.substring(0, dot) + "x" + head.substring(dot) + "\n");
    assertThat(folder.verify().findings()).hasSize(1);
    String other =
        new AuditHead("acme", 6, "x")
            .sign(new Keys().signers(headPurpose()).get(0), java.time.Instant.EPOCH);
    Files.writeString(folder.heads(), other + "\n");
    assertThat(folder.verify().findings())
        .containsExactly("head 1 is not one that a known key signed for this stream");
  }

  private static dev.tollgate.key.KeyPurpose headPurpose() {
    return dev.tollgate.key.KeyPurpose.AUDIT_HEAD;
  }

  @Test
  void aHeadOfAnotherStreamOrRecord() throws Exception {
    var signer = folder.keys.signers(headPurpose()).get(0);
    String foreign = new AuditHead("other", 6, "x").sign(signer, java.time.Instant.EPOCH);
    String wrong = new AuditHead("acme", 3, "x").sign(signer, java.time.Instant.EPOCH);
    Files.writeString(folder.heads(), foreign + "\n" + wrong + "\n");
    assertThat(folder.verify().findings())
        .containsExactly(
            "head 1 is not one that a known key signed for this stream",
            "record 3 is not the one that its signed head attests");
  }

  @Test
  void anotherKeyAndAnotherTenant() throws Exception {
    AuditReport other = new AuditVerifier(new Keys()).verify(folder.stream(), folder.heads());
    assertThat(other.records()).isZero();
    assertThat(other.findings()).hasSize(7);
    Path moved = folder.path.resolve("other.jsonl");
    Files.copy(folder.stream(), moved);
    AuditReport renamed =
        new AuditVerifier(folder.keys).verify(moved, folder.anchors.resolve("other.heads"));
    assertThat(renamed.findings()).hasSize(6).allMatch(text -> text.endsWith("was changed"));
  }
}
