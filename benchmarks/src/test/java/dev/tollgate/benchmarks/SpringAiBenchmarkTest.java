package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the calls of the adapter's benchmark pass the gate, and how much memory they take. */
class SpringAiBenchmarkTest {
  /** proposed, decided, dispatched, outcome */
  private static final int RECORDS_OF_A_CALL = 4;

  /** Bytes, well above what is measured. */
  private static final long MOST_OF_A_CALL = 25_000;

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(SpringAiBenchmark.class.getName())
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(50))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results)
        .extracting(result -> result.getPrimaryResult().getLabel())
        .containsExactlyInAnyOrder("bare", "gated");
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
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

  /**
   * Of many rounds the least: the first are interpreted, and another thread of the process cannot
   * make a round of this one smaller.
   */
  @Test
  void aCallTakesNoMoreMemoryThanThat() {
    MeasuredTurn manager = MeasuredTurn.gated(new NullSink());
    try {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 40; round++) {
        least = Math.min(least, bytesOfACall(manager));
      }
      assertThat(least).isBetween(1L, MOST_OF_A_CALL);
    } finally {
      manager.end();
    }
  }

  private static long bytesOfACall(MeasuredTurn manager) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 1_000;
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < calls; i++) {
      manager.call();
    }
    return (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / calls;
  }
}
