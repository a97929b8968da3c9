package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.key.KeyPurpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream goes on where an earlier process left it, and says what it found. */
class ResumeTest {
  @TempDir Path root;
  private Folder folder = new Folder(Path.of("target/unused"));

  @BeforeEach
  void write() throws Exception {
    folder = new Folder(root).written();
  }

  private void append(String bytes) throws IOException {
    Files.writeString(
        folder.stream(), bytes, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
  }

  private void goOn() throws AuditException {
    try (FileAuditSink sink = folder.sink()) {
      sink.append(List.of(Folder.refused("acme")));
    }
  }

  @Test
  void theChainGoesOn() throws Exception {
    goOn();
    AuditReport report = folder.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.notes()).isEmpty();
    assertThat(report.records()).isEqualTo(8);
  }

  @Test
  void aTornLineIsDeclared() throws Exception {
    append("{\"v\":1,\"seq\":7,\"at\":\"20");
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().notes()).singleElement().asString().startsWith("23 bytes of an unf");
    goOn();
    AuditReport report = folder.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.notes()).containsExactly("line 7 was torn by a crash, and says so");
  }

  @Test
  void aRecordWhoseLineBreakIsMissingIsWhole() throws Exception {
    String whole = Files.readString(folder.stream());
    Files.writeString(folder.stream(), whole.substring(0, whole.length() - 1));
    goOn();
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().notes()).isEmpty();
    assertThat(folder.verify().records()).isEqualTo(8);
  }

  @Test
  void aFileThatIsOnlyTorn() throws Exception {
    Files.writeString(folder.stream(), "{\"v\"");
    Files.delete(folder.heads());
    goOn();
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().notes()).containsExactly("line 1 was torn by a crash, and says so");
  }

  @Test
  void aTornClaimOfSomebodyElseIsNotForgiven() throws Exception {
    append("{\"v\":1,\"seq\":7}garbage\n{\"kind\":\"opened\",\"torn\":23,\"seq\":7}\n");
    List<String> findings = folder.verify().findings();
    assertThat(findings).contains("line 7 is no record").hasSize(2);
    List<String> lines = folder.lines().subList(0, 6);
    lines.add(3, "x".repeat(9));
    folder.write(lines);
    assertThat(folder.verify().findings()).containsExactly("line 4 is no record");
  }

  @Test
  void nothingIsWrittenBehindAForgedRecord() throws Exception {
    List<String> lines = folder.lines();
    lines.set(5, lines.get(5).replace("forbidden", "permitted"));
    folder.write(lines);
    byte[] before = Files.readAllBytes(folder.stream());
    try (FileAuditSink sink = folder.sink()) {
      assertThatThrownBy(() -> sink.append(List.of(Folder.refused("acme"))))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining("not authentic");
      sink.append(List.of(Folder.refused("other")));
    }
    assertThat(Files.readAllBytes(folder.stream())).isEqualTo(before);
  }

  @Test
  void norBehindSomethingThatHasNoEnd() throws Exception {
    append("x".repeat(600 * 1024));
    try (FileAuditSink sink = folder.sink()) {
      assertThatThrownBy(() -> sink.append(List.of(Folder.refused("acme"))))
          .isInstanceOf(AuditException.class);
    }
  }

  @Test
  void aRotatedKeyGoesOnAndTheOldOneStillVerifies() throws Exception {
    folder.keys.rotate(KeyPurpose.AUDIT);
    folder.keys.rotate(KeyPurpose.AUDIT_HEAD);
    goOn();
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().records()).isEqualTo(8);
  }

  /** A record with a list of any length stays short enough to be found from the file's end. */
  @Test
  void aRecordWithThousandsOfPolicies() throws Exception {
    List<String> policies = java.util.Collections.nCopies(5000, "p".repeat(200));
    try (FileAuditSink sink = folder.sink()) {
      sink.append(
          List.of(
              Folder.entry(
                  "acme", new AuditRecord.Decided("deny", "", "cedar", "r", policies, true))));
    }
    goOn();
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(Files.readString(folder.stream())).contains("\"and 4936 more\"");
  }
}
