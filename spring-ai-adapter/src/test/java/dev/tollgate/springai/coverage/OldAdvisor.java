package dev.tollgate.springai.coverage;

import java.util.List;
import org.springframework.ai.chat.client.advisor.ToolCallAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/** The advisor of Spring AI 1.1, which 2.0 still has. */
@SuppressWarnings("removal")
final class OldAdvisor {
  private OldAdvisor() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
                "own ToolCallAdvisor, own manager",
                Route.Layer.ASPECTJ,
                (trial, streamed) -> {
                  Advisor advisor = ToolCallAdvisor.builder().build();
                  trial.modelActs(Deed.NAME);
                  Talk.with(streamed, trial, chat -> chat.tools(new Deed(trial)).advisors(advisor));
                })
            .streaming()
            .resumedWith(Deed::methods));
  }
}
