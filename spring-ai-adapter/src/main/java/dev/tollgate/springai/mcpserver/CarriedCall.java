package dev.tollgate.springai.mcpserver;

import dev.tollgate.springai.weave.ActiveCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a call along to the threads that its tool's Mono goes on with: Spring AI moves every
 * {@code @Tool} of an asynchronous server to another one, where otherwise there would be no task
 * and no credential.
 */
final class CarriedCall {
  private static final ThreadLocal<@Nullable CarriedCall> INSIDE = new ThreadLocal<>();

  static {
    // For all schedulers of the process, but it leaves alone what no guarded call schedules.
    Schedulers.onScheduleHook("tollgate", CarriedCall::taking);
  }

  private volatile boolean ended;

  private CarriedCall() {}

  /** Runs this as the body of a call. */
  static <T> T along(Supplier<T> body) {
    CarriedCall call = new CarriedCall();
    try {
      return call.with(body);
    } finally {
      call.ended = true;
    }
  }

  private <T> T with(Supplier<T> body) {
    CarriedCall before = INSIDE.get();
    INSIDE.set(this);
    try {
      return body.get();
    } finally {
      if (before == null) {
        INSIDE.remove();
      } else {
        INSIDE.set(before);
      }
    }
  }

  private static Runnable taking(Runnable work) {
    CarriedCall call = INSIDE.get();
    if (call == null) {
      return work;
    }
    Context context = Context.current();
    Callable<Object> carried = ActiveCall.carried(Executors.callable(work));
    return () -> {
      if (call.ended) {
        work.run(); // what a tool leaves behind, such as a timer, is no part of its user's task
        return;
      }
      try (Scope there = context.makeCurrent()) {
        call.with(() -> called(carried));
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
