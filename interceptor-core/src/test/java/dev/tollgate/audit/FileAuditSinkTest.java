package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileAuditSinkTest {
  @TempDir Path root;
  private Folder folder = new Folder(Path.of("target/unused"));

  @BeforeEach
  void setUp() {
    folder = new Folder(root);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void eightThreadsMakeOneChain(Durability durability) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> writing = new ArrayList<>();
    try (FileAuditSink sink = folder.sink(durability)) {
      for (int t = 0; t < 8; t++) {
        writing.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    sink.append(List.of(Folder.refused("acme"), Folder.refused("acme")));
                  }
                  return "";
                }));
      }
      for (Future<?> one : writing) {
        assertThat(one.get()).isEqualTo("");
      }
    }
    threads.shutdown();
    AuditReport report = folder.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(8 * 200 * 2 + 1);
    assertThat(report.attestedTo()).isEqualTo(report.records());
  }

  @Test
  void tenantsAreInFilesOfTheirOwn() throws Exception {
    try (FileAuditSink sink = folder.sink()) {
      sink.append(List.of(Folder.refused("acme"), Folder.refused("globex")));
    }
    assertThat(Files.readString(folder.stream())).contains("acme").doesNotContain("globex");
    assertThat(new AuditVerifier(folder.keys).verifyAll(folder.path, folder.anchors))
        .hasSize(2)
        .allMatch(AuditReport::intact)
        .allMatch(report -> report.notes().isEmpty());
  }

  @Test
  void aFullDiskDeniesAndLeavesOthersAlone() throws Exception {
    Files.createDirectories(folder.path);
    Files.createSymbolicLink(folder.path.resolve("full.jsonl"), Path.of("/dev/full"));
    Bench bench = new Bench(Policy.permit());
    try (FileAuditSink sink = folder.sink()) {
      sink.append(List.of(Folder.refused("acme")));
      assertThatThrownBy(() -> sink.append(List.of(Folder.refused("full"))))
          .isInstanceOf(AuditException.class);
      bench.builder.audit(sink).defaultCaller(dev.tollgate.task.Caller.of("full", "bob"));
      assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
      assertThat(bench.runs).hasValue(0);
      sink.append(List.of(Folder.refused("acme")));
    }
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().records()).isEqualTo(3);
  }

  @Test
  void twoSinksOnAFolderAreRefused() throws Exception {
    try (FileAuditSink first = folder.sink()) {
      assertThatThrownBy(folder::sink)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("this process writes to");
      first.append(List.of(Folder.refused("acme")));
    }
    folder.sink().close();
    assertThat(folder.verify().intact()).isTrue();
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "x");
    assertThatThrownBy(() -> new Folder(file).sink())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tollgate.audit.folder");
  }

  @Test
  void anInterruptDoesNotCloseTheStream() throws Exception {
    try (FileAuditSink sink = folder.sink(Durability.DISK)) {
      Thread.currentThread().interrupt();
      sink.append(List.of(Folder.refused("acme")));
      assertThat(Thread.interrupted()).isTrue();
      sink.append(List.of(Folder.refused("acme")));
    }
    assertThat(folder.verify().records()).isEqualTo(3);
  }

  @Test
  void whatCannotBeWrittenDoesNotBreakTheChain() throws Exception {
    try (FileAuditSink sink = folder.sink()) {
      sink.append(List.of(Folder.refused("acme")));
      assertThatThrownBy(() -> sink.append(three(broken()))).isInstanceOf(AuditException.class);
      sink.append(List.of(Folder.refused("acme")));
    }
    assertThat(folder.verify().findings()).isEmpty();
    assertThat(folder.verify().records()).isEqualTo(3);
  }

  private static List<AuditEntry> three(AuditEntry last) {
    return List.of(Folder.refused("acme"), Folder.refused("acme"), last);
  }

  @SuppressWarnings("NullAway") // what a caller without null checks may hand over
  private static AuditEntry broken() {
    return Folder.entry("acme", new AuditRecord.Dispatched(null));
  }

  @Test
  void aClosedSinkTakesNothing() throws Exception {
    FileAuditSink sink = folder.sink();
    sink.append(List.of(Folder.refused("acme")));
    sink.close();
    sink.close();
    for (String tenant : List.of("acme", "globex")) {
      assertThatThrownBy(() -> sink.append(List.of(Folder.refused(tenant))))
          .isInstanceOf(AuditException.class);
    }
    assertThat(folder.path.resolve("globex.jsonl")).doesNotExist();
  }

  @Test
  void aTenantIsNoPath() throws Exception {
    try (FileAuditSink sink = folder.sink()) {
      for (String tenant : List.of("../evil", "a/b", "", ".", "..", "a\u0000b")) {
        assertThatThrownBy(() -> sink.append(List.of(Folder.refused(tenant))))
            .isInstanceOf(AuditException.class);
      }
      sink.append(List.of(Folder.refused("_unassigned")));
    }
    assertThat(root.resolve("evil.jsonl")).doesNotExist();
  }

  /** What a model wrote is data: it cannot end a line, hide it or turn it around. */
  @Test
  void namesCannotForgeALine() throws Exception {
    String name =
        "x\"},\n{\"seq\":9\r\u001b[2K\u202e\u2066\u200f\u2028\\\ud83d\u00e9" + "y".repeat(100_000);
    try (FileAuditSink sink = folder.sink()) {
      sink.append(
          List.of(
              Folder.entry(
                  "acme", new AuditRecord.Decided(name, name, "", "", List.of(name), true))));
    }
    AuditReport report = folder.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(2);
    String line = folder.lines().get(1);
    assertThat(line).hasSizeLessThan(4096).contains("\\u202e").contains("\\u001b").contains("\\\"");
    assertThat(Files.readString(folder.stream()))
        .doesNotContain("\u202e", "\u2066", "\u200f", "\u2028", "\u001b", "\r")
        .contains("\u00e9");
  }
}
