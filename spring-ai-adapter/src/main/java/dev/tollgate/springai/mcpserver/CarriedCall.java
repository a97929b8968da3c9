package dev.tollgate.springai.mcpserver;

import dev.tollgate.springai.weave.ActiveCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a call along to the threads that its tool's Mono goes on with: Spring AI moves every
 * {@code @Tool} of an asynchronous server to another one, where otherwise there would be no task
 * and no credential.
 */
final class CarriedCall {
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  static {
    // For all schedulers of the process, but it leaves alone what no guarded call schedules.
    Schedulers.onScheduleHook("tollgate", CarriedCall::taking);
  }

  private CarriedCall() {}

  /** Runs this as the body of a call. */
  static <T> T along(Supplier<T> body) {
    boolean before = INSIDE.get();
    INSIDE.set(true);
    try {
      return body.get();
    } finally {
      if (before) {
        INSIDE.set(true);
      } else {
        INSIDE.remove();
      }
    }
  }

  private static Runnable taking(Runnable work) {
    if (!INSIDE.get()) {
      return work;
    }
    Context context = Context.current();
    Callable<Object> carried = ActiveCall.carried(Executors.callable(work));
    return () -> {
      try (Scope there = context.makeCurrent()) {
        along(() -> called(carried));
      }
    };
  }

  private static Object called(Callable<Object> carried) {
    try {
      return carried.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // a Runnable throws none
    }
  }
}
