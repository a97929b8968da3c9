package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.tool.ToolExecution;
import java.util.List;
import java.util.function.Function;

/** What undoes a tool after another one failed. It is the undoing that counts here. */
final class Compensations {
  private Compensations() {}

  static List<Route> routes() {
    return List.of(
        route("@CompensateFor with the tool's arguments", WithArguments::new),
        route("@CompensateFor with a ToolExecution", WithExecution::new));
  }

  private static Route route(String path, Function<Trial, Object> travel) {
    return Route.aspect(
        path,
        (trial, streamed) ->
            Talk.with(
                streamed,
                new Script().asks("book", "{\"what\":\"a room\"}").asks("fail", "{}"),
                tools -> tools.tools(travel.apply(trial)).compensateOnToolErrors(true)));
  }

  /** Undone with what it was done with. */
  static final class WithArguments {
    private final Trial trial;

    WithArguments(Trial trial) {
      this.trial = trial;
    }

    @Tool
    String book(String what) {
      return "booked";
    }

    @CompensateFor("book")
    String cancel(String what) {
      return trial.body();
    }

    @Tool
    String fail() {
      trial.arm();
      throw new IllegalStateException("told to fail");
    }
  }

  /** Undone with what is known of the call. */
  static final class WithExecution {
    private final Trial trial;

    WithExecution(Trial trial) {
      this.trial = trial;
    }

    @Tool
    String book(String what) {
      return "booked";
    }

    @CompensateFor("book")
    void cancel(ToolExecution execution) {
      var unused = trial.body();
    }

    @Tool
    String fail() {
      trial.arm();
      throw new IllegalStateException("told to fail");
    }
  }
}
