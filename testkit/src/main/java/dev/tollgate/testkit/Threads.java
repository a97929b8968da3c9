package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Races for contracts. */
final class Threads {
  private Threads() {}

  /** A task that may throw. */
  interface Task {
    void run() throws Exception;
  }

  /**
   * Runs a task in so many threads that start at the same moment; throws what any of them threw.
   */
  static void together(int count, Task task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                task.run();
                return "done";
              }));
    }
    start.countDown();
    for (Future<String> one : running) {
      assertThat(one.get()).isEqualTo("done");
    }
    threads.shutdown();
  }

  static void eventually(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }
}
