package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;

/** That the benchmarks run and measure what they say; not how fast. */
class ToolCallBenchmarkTest {
  /** opened */
  private static final int RECORDS_OF_A_STREAM = 1;

  /** proposed, decided, dispatched, outcome */
  private static final int RECORDS_OF_A_CALL = 4;

  @TempDir Path kept;

  @BeforeEach
  void keepWhatGatesRecord() {
    System.setProperty(MeasuredGate.KEEP, kept.toString());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty(MeasuredGate.KEEP);
  }

  @Test
  void everyBenchmarkRunsAndItsAuditVerifies() throws RunnerException, IOException {
    ShortRun.shows(
        ToolCallBenchmark.class, "gate", "gateWithCedar", "gateOnDisk", "langChain4jAlone");
    assertThat(reports())
        .hasSize(3)
        .allSatisfy(
            report -> {
              assertThat(report.findings()).isEmpty();
              assertThat(report.records()).isGreaterThan(RECORDS_OF_A_STREAM);
              assertThat((report.records() - RECORDS_OF_A_STREAM) % RECORDS_OF_A_CALL).isZero();
              assertThat(report.attestedTo()).isEqualTo(report.records());
            });
  }

  @Test
  void everyCallIsOnRecord() throws IOException {
    MeasuredGate gate = new MeasuredGate(Durability.PROCESS, manifest -> new PermittingPolicy());
    gate.call();
    gate.call();
    gate.end();

    assertThat(reports())
        .singleElement()
        .extracting(AuditReport::records)
        .isEqualTo((long) RECORDS_OF_A_STREAM + 2 * RECORDS_OF_A_CALL);
  }

  @Test
  void theArgumentsHaveTheSizeThatTheFiguresState() {
    assertThat(PayTool.ARGUMENTS.getBytes(StandardCharsets.UTF_8)).hasSize(200);
    for (int payee : new int[] {0, 9, 10, 15}) {
      assertThat(PayTool.arguments(payee).getBytes(StandardCharsets.UTF_8)).hasSize(200);
      assertThat(PayTool.arguments(payee)).isNotEqualTo(PayTool.ARGUMENTS);
    }
  }

  private List<AuditReport> reports() throws IOException {
    List<Path> folders;
    try (var found = Files.list(kept)) {
      folders = found.toList();
    }
    List<AuditReport> reports = new ArrayList<>();
    for (Path folder : folders) {
      reports.add(MeasuredGate.verify(folder));
    }
    return reports;
  }
}
