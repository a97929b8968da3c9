package dev.tollgate.demo.office;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Somebody who drops in while the office works on a request. Thread-safe. */
public final class OfficeVisitor {
  private final AtomicReference<@Nullable Runnable> expected = new AtomicReference<>();

  /** Does this while the next permitted request is worked on, once. */
  public void expect(Runnable visit) {
    expected.set(visit);
  }

  void dropIn() {
    Runnable visit = expected.getAndSet(null);
    if (visit != null) {
      visit.run();
    }
  }
}
