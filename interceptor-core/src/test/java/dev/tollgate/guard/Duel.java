package dev.tollgate.guard;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one thing each at the same moment, again and again. They wait for each other a
 * little before each round, and wholly after a batch of them: on a busy machine fewer rounds are
 * close, but none takes longer.
 */
final class Duel {
  /** So many rounds are prepared, played and looked at together. */
  static final int BATCH = 1_000;

  private static final int PATIENCE = 200;

  /** A thread's part of one round. It may throw. */
  interface Part {
    void play(int round) throws Exception;
  }

  private final Part[] parts;
  private final CyclicBarrier barrier;
  private final AtomicIntegerArray at;
  private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

  private Duel(Part[] parts) {
    this.parts = parts;
    this.barrier = new CyclicBarrier(parts.length);
    this.at = new AtomicIntegerArray(parts.length);
  }

  /**
   * Plays the rounds.
   *
   * @param rounds a multiple of {@link #BATCH}
   * @param before prepares a round, while nobody plays
   * @param after looks at what came out of it, while nobody plays
   * @param parts one thread each; the threads are called {@code part-0} and so on
   */
  static void rounds(int rounds, Part before, Part after, Part... parts) throws Exception {
    for (int first = 0; first < rounds; first += BATCH) {
      for (int round = first; round < first + BATCH; round++) {
        before.play(round);
      }
      new Duel(parts).batch(first);
      for (int round = first; round < first + BATCH; round++) {
        after.play(round);
      }
    }
  }

  private void batch(int first) throws Exception {
    Thread[] threads = new Thread[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int who = i;
      threads[i] = new Thread(() -> play(who, first), "part-" + who);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable broken = failed.get();
    if (broken != null) {
      throw new AssertionError("a round failed", broken);
    }
  }

  private void play(int who, int first) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
      for (int round = first; round < first + BATCH; round++) {
        meet(who, round);
        parts[who].play(round);
      }
    } catch (Throwable e) {
      failed.compareAndSet(null, e);
    }
  }

  private void meet(int who, int round) {
    at.set(who, round);
    for (int other = 0; other < parts.length; other++) {
      for (int i = 0; at.get(other) < round && i < PATIENCE; i++) {
        Thread.onSpinWait();
      }
    }
    // So that now the one and now the other is first.
    for (int i = ThreadLocalRandom.current().nextInt(20); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
