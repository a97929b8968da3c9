package dev.tollgate.audit;

import java.io.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Group commit: writers that wait at the same time share one sync of the disk. */
final class GroupSync {
  private final @Nullable FileDescriptor file;
  private long synced;
  private long wanted;
  private boolean syncing;

  GroupSync(@Nullable FileDescriptor file) {
    this.file = file;
  }

  /** Records are safe when the operating system has them. */
  static GroupSync none() {
    return new GroupSync(null);
  }

  /** Returns when everything up to {@code position} is on the disk. */
  void await(long position) throws AuditException {
    if (file == null) {
      return;
    }
    boolean interrupted = false;
    long goal;
    synchronized (this) {
      wanted = Math.max(wanted, position);
      while (synced < position && syncing) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the record must still be safe before the call goes on
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (synced >= position) {
        return;
      }
      syncing = true;
      goal = wanted;
    }
    sync(file, goal);
  }

  private void sync(FileDescriptor descriptor, long goal) throws AuditException {
    boolean done = false;
    try {
      descriptor.sync();
      done = true;
    } catch (IOException e) {
      throw new AuditException("the audit stream cannot be synced to disk", e);
    } finally {
      synchronized (this) {
        syncing = false;
        if (done) {
          synced = Math.max(synced, goal);
        }
        notifyAll();
      }
    }
  }
}
