package dev.tollgate.langchain4j.app;

import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.tool.ToolExecution;
import dev.tollgate.credential.CallCredential;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tools of an application, in a package that the weaver sees. */
public class Desk {
  public final List<String> ran = new CopyOnWriteArrayList<>();

  private void ran(String what) {
    // Nothing runs with a credential that no decision is behind.
    ran.add(what + (CallCredential.current().isPresent() ? " with a credential" : ""));
  }

  @Tool("Books a seat")
  public String book(@P("where") String seat) {
    ran("book " + seat);
    return "booked " + seat;
  }

  /** Undoes it, with the arguments of the booking. */
  @CompensateFor("book")
  public void cancel(String seat) {
    ran("cancel " + seat);
  }

  @Tool("Pays")
  public String pay(long cents) {
    ran("pay " + cents);
    return "paid";
  }

  /** Undoes it, with what the framework knows of the payment. */
  @CompensateFor("pay")
  public void refund(ToolExecution paid) {
    ran("refund " + paid.request().arguments());
  }

  @Tool("Breaks")
  public String fail() {
    ran("fail");
    throw new IllegalStateException("the printer is on fire");
  }

  @Tool("Counts seats")
  public int count() {
    ran("count");
    return 7;
  }

  @Tool("Books twice")
  public String bookBoth(@P("where") String seat) {
    ran("bookBoth " + seat);
    return book(seat) + ", " + book(seat + "b");
  }

  @Tool("Calls itself")
  public int down(int n) {
    ran("down " + n);
    return n == 0 ? 0 : down(n - 1);
  }

  /** On a thread that knows nothing of the call. */
  @Tool("Books later")
  public String bookLater(@P("where") String seat) throws Exception {
    ran("bookLater " + seat);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      return other.submit(() -> book(seat)).get();
    } finally {
      other.shutdown();
    }
  }

  /** On a thread that the context was handed to. */
  @Tool("Books later, in the same task")
  public String bookHanded(@P("where") String seat) {
    ran("bookHanded " + seat);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      return CompletableFuture.supplyAsync(() -> book(seat), Context.taskWrapping(other)).join();
    } finally {
      other.shutdown();
    }
  }
}
