package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.workflow.HumanInTheLoop;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Agents without a model. */
public final class PlainAgents {
  private PlainAgents() {}

  static List<Route> routes() {
    return List.of(
        inSequence("non-AI @Agent method", Plain::new),
        inSequence("human in the loop", PlainAgents::human));
  }

  private static Route inSequence(String path, Function<Trial, Object> agent) {
    return Route.aspect(
        path,
        (trial, streamed) -> {
          UntypedAgent system =
              AgenticServices.sequenceBuilder()
                  .subAgents(agent.apply(trial))
                  .outputKey("text")
                  .build();
          trial.inTask(
              () -> {
                trial.arm();
                return system.invoke(Map.of("topic", "cats"));
              });
        });
  }

  private static HumanInTheLoop human(Trial trial) {
    return AgenticServices.humanInTheLoopBuilder()
        .responseProvider(scope -> trial.body())
        .outputKey("text")
        .build();
  }

  /** Public: the agentic module calls it by reflection. */
  public static final class Plain {
    private final Trial trial;

    Plain(Trial trial) {
      this.trial = trial;
    }

    @Agent(description = "acts", outputKey = "text")
    public String act(@V("topic") String topic) {
      return trial.body();
    }
  }
}
