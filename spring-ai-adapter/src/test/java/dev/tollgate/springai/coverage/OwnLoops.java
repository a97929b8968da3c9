package dev.tollgate.springai.coverage;

import java.util.List;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;

/** Loops that an application writes itself. */
final class OwnLoops {
  private OwnLoops() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
                "own loop, the manager bean",
                Route.Layer.MANAGER,
                (trial, streamed) ->
                    turn(trial, trial.stage().agents().getBean(ToolCallingManager.class)))
            .resumedWith(Deed::methods),
        Route.of(
                "own loop, own manager",
                Route.Layer.ASPECTJ,
                (trial, streamed) -> turn(trial, ToolCallingManager.builder().build()))
            .resumedWith(Deed::methods));
  }

  private static void turn(Trial trial, ToolCallingManager manager) throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(new UserMessage("go")),
            ToolCallingChatOptions.builder().toolCallbacks(Deed.methods(trial)).build());
    trial.inTask(
        () -> {
          trial.arm();
          return manager.executeToolCalls(prompt, Script.response(Script.asking(Deed.NAME)));
        });
  }
}
