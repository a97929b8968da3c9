package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** That the calls of the adapter's benchmark pass the gate, and how much memory they take. */
class LangChain4jBenchmarkTest {
  /** proposed, decided, dispatched, outcome */
  private static final int RECORDS_OF_A_CALL = 4;

  /** Bytes; well above what is measured, and below what a call took before it was looked at. */
  private static final long MOST_OF_A_CALL = 9_000;

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    ShortRun.shows(LangChain4jBenchmark.class, "bare", "gated");
  }

  @Test
  void everyCallIsOnRecord() {
    NullSink audit = new NullSink();
    MeasuredFramework framework = MeasuredFramework.gated(audit);
    try {
      long before = audit.taken();
      for (int i = 0; i < 50; i++) {
        assertThat(framework.call()).isEqualTo(PayTool.RESULT);
      }
      assertThat(audit.taken() - before).isEqualTo(50L * RECORDS_OF_A_CALL);
    } finally {
      framework.end();
    }
  }

  @Test
  void theBareToolIsTheSame() {
    assertThat(MeasuredFramework.bare().call()).isEqualTo(PayTool.RESULT);
  }

  @Test
  void aCallTakesNoMoreMemoryThanItUsedTo() {
    MeasuredFramework framework = MeasuredFramework.gated(new NullSink());
    try {
      assertThat(ShortRun.leastBytes(framework::call)).isBetween(1L, MOST_OF_A_CALL);
    } finally {
      framework.end();
    }
  }
}
