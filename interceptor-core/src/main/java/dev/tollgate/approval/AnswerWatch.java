package dev.tollgate.approval;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes who waits for an answer. With a lock, since a monitor would pin a virtual thread. */
final class AnswerWatch {
  /** How long an answer may go unnoticed that was given at another desk. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long answers;

  void answered() {
    lock.lock();
    try {
      answers++;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long answers() {
    lock.lock();
    try {
      return answers;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when something was answered since, or it is time to look again. */
  void awaitMoreThan(long seen, long atMostNanos) throws InterruptedException {
    long left = Math.min(atMostNanos, LOOK_NANOS);
    lock.lockInterruptibly();
    try {
      while (answers == seen && left > 0) {
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
