package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** That the calls of the adapter's benchmark pass the gate, and how much memory they take. */
class SpringAiBenchmarkTest {
  /** proposed, decided, dispatched, outcome */
  private static final int RECORDS_OF_A_CALL = 4;

  /** Bytes, well above what is measured. */
  private static final long MOST_OF_A_CALL = 25_000;

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    ShortRun.shows(SpringAiBenchmark.class, "bare", "gated");
  }

  @Test
  void everyCallIsOnRecord() {
    NullSink audit = new NullSink();
    MeasuredTurn manager = MeasuredTurn.gated(audit);
    try {
      long before = audit.taken();
      for (int i = 0; i < 50; i++) {
        assertThat(manager.call()).contains(PayTool.RESULT);
      }
      assertThat(audit.taken() - before).isEqualTo(50L * RECORDS_OF_A_CALL);
    } finally {
      manager.end();
    }
  }

  @Test
  void theBareManagerRunsTheSame() {
    assertThat(MeasuredTurn.bare().call()).contains(PayTool.RESULT);
  }

  @Test
  void aCallTakesNoMoreMemoryThanThat() {
    MeasuredTurn manager = MeasuredTurn.gated(new NullSink());
    try {
      assertThat(ShortRun.leastBytes(manager::call)).isBetween(1L, MOST_OF_A_CALL);
    } finally {
      manager.end();
    }
  }
}
