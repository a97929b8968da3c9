package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.List;

/** Loops that an application writes itself: no AI service is there. */
final class OwnLoops {
  private OwnLoops() {}

  static List<Route> routes() {
    return List.of(
        Route.aspect(
            "own loop: DefaultToolExecutor",
            (trial, streamed) -> {
              Deed deed = new Deed(trial);
              call(
                  trial,
                  new DefaultToolExecutor(deed, Deed.class.getMethod(Deed.NAME, String.class)));
            }),
        Route.aspect(
            "own loop: own ToolExecutor", (trial, streamed) -> call(trial, Deed.executor(trial))));
  }

  private static void call(Trial trial, ToolExecutor executor) throws Exception {
    trial.inTask(
        () -> {
          trial.arm();
          return executor.execute(Script.call("1", Deed.NAME, Deed.ARGUMENTS), "default");
        });
  }
}
