package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.agentic.supervisor.SupervisorResponseStrategy;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Agents that work together, and one of them has the tool. */
public final class AgenticSystems {
  private AgenticSystems() {}

  /** Public: the agentic module calls it by reflection. */
  public interface Worker {
    @UserMessage("Work on {{topic}}")
    @Agent(description = "works", outputKey = "text")
    String work(@V("topic") String topic);
  }

  static List<Route> routes() {
    return List.of(
        system("sequence", (trial, worker) -> sequence(trial, worker)),
        system("parallel", (trial, worker) -> parallel(trial, worker)).calls(2),
        Route.spi("loop", (trial, streamed) -> run(loop(trial))).resumedWith(Deed::annotated),
        system(
            "conditional",
            (trial, worker) ->
                AgenticServices.conditionalBuilder()
                    .subAgents(scope -> true, worker)
                    .outputKey("text")
                    .build()),
        Route.spi("supervisor", (trial, streamed) -> supervisor(trial).invoke("work"))
            .resumedWith(Deed::annotated));
  }

  private static Route system(String path, BiFunction<Trial, Worker, UntypedAgent> system) {
    return Route.spi(
            path,
            (trial, streamed) -> run(system.apply(trial, worker(trial, Script.acting(trial)))))
        .resumedWith(Deed::annotated);
  }

  private static void run(UntypedAgent system) {
    var unused = system.invoke(Map.of("topic", "cats"));
  }

  private static Worker worker(Trial trial, Script script) {
    return AgenticServices.agentBuilder(Worker.class)
        .chatModel(script)
        .tools(new Deed(trial))
        .build();
  }

  private static UntypedAgent sequence(Trial trial, Worker worker) {
    return AgenticServices.sequenceBuilder()
        .subAgents(worker(trial, new Script().says("first")), worker)
        .outputKey("text")
        .build();
  }

  /** Two different calls: of one and the same, a person would be asked once. */
  private static UntypedAgent parallel(Trial trial, Worker worker) {
    Script other =
        new Script().acts(trial, Script.call("other", Deed.NAME, "{\"what\":\"other\"}"));
    return AgenticServices.parallelBuilder()
        .subAgents(worker(trial, other), worker)
        .outputKey("text")
        .build();
  }

  /** Its agent acts when it comes round for the second time. */
  private static UntypedAgent loop(Trial trial) {
    return AgenticServices.loopBuilder()
        .subAgents(worker(trial, new Script().says("not yet").acts(trial, Deed.NAME)))
        .maxIterations(2)
        .outputKey("text")
        .build();
  }

  private static SupervisorAgent supervisor(Trial trial) {
    Script plan =
        new Script()
            .says("{\"agentName\":\"work\",\"arguments\":{\"topic\":\"cats\"}}")
            .says("{\"agentName\":\"done\",\"arguments\":{\"response\":\"ok\"}}");
    return AgenticServices.supervisorBuilder()
        .chatModel(plan)
        .subAgents(worker(trial, Script.acting(trial)))
        .responseStrategy(SupervisorResponseStrategy.LAST)
        .build();
  }
}
