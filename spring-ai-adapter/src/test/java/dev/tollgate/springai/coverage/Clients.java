package dev.tollgate.springai.coverage;

import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/** Chat clients, by who made them and what they were given. */
final class Clients {
  private Clients() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
                "ChatClient: @Tool object",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs(Deed.NAME);
                  Talk.with(streamed, trial, chat -> chat.tools(new Deed(trial)));
                })
            .streaming()
            .resumedWith(Deed::methods),
        Route.of(
                "ChatClient: ToolCallback",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs(Deed.NAME);
                  Talk.with(
                      streamed, trial, chat -> Talk.callbacks(chat, List.of(Deed.own(trial))));
                })
            .streaming()
            .resumedWith(trial -> List.of(Deed.own(trial))),
        Route.of(
                "ChatClient: function",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs(Deed.NAME);
                  Talk.with(
                      streamed, trial, chat -> Talk.callbacks(chat, List.of(Deed.function(trial))));
                })
            .streaming()
            .resumedWith(trial -> List.of(Deed.function(trial))),
        Route.of(
                "name that the model made up",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs("made_up");
                  Talk.with(streamed, trial, chat -> chat.tools(new Deed(trial)));
                })
            .streaming()
            .unknownTool(),
        Line.ADVISED ? created().streaming() : created());
  }

  // On the line before, a stream of such a client has no task unless it is woven: it is denied.
  private static Route created() {
    return Route.of(
            "ChatClient.create(model)",
            // On the line before, it is the model's manager that counts, and that is a bean.
            Line.ADVISED ? Route.Layer.ASPECTJ : Route.Layer.MANAGER,
            (trial, streamed) -> {
              ChatModel model = trial.stage().agents().getBean(ChatModel.class);
              trial.modelActs(Deed.NAME);
              trial.inTask(
                  () -> {
                    Talk.with(
                        streamed, ChatClient.create(model), chat -> chat.tools(new Deed(trial)));
                    return "";
                  });
            })
        .resumedWith(Deed::methods);
  }
}
