package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A run that shows that benchmarks work; how fast they are it does not say. */
final class ShortRun {
  private ShortRun() {}

  /** All benchmarks of a class, by their labels. */
  static void shows(Class<?> benchmark, String... labels) throws RunnerException {
    shows(new OptionsBuilder().include(benchmark.getName()), labels);
  }

  static void shows(ChainedOptionsBuilder chosen, String... labels) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                chosen
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results)
        .extracting(result -> result.getPrimaryResult().getLabel())
        .containsExactlyInAnyOrder(labels);
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
  }

  /**
   * The bytes that a call takes: of many rounds the least. The first are interpreted, and another
   * thread of the process cannot make a round of this one smaller.
   */
  static long leastBytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int calls = 1_000;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 40; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / calls);
    }
    return least;
  }
}
