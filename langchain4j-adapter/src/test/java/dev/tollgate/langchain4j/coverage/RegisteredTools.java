package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import java.util.List;
import java.util.function.BiConsumer;

/** Tools that an AI service is given when it is built. */
final class RegisteredTools {
  private RegisteredTools() {}

  static List<Route> routes() {
    return List.of(
        registered("@Tool object", (tools, trial) -> tools.tools(new Deed(trial)))
            .resumedWith(Deed::annotated),
        registered("tools(Map)", (tools, trial) -> tools.tools(Deed.byHand(trial)))
            .resumedWith(Deed::byHand),
        registered("AiServiceTool list", (tools, trial) -> tools.tools(listed(trial)))
            .resumedWith(Deed::byHand),
        registered("static provider", RegisteredTools::provided).resumedWith(Deed::byHand),
        registered("immediate return", (tools, trial) -> tools.tools(new Immediate(trial)))
            .resumedWith(trial -> Deed.asMap(ToolService.findTools(new Immediate(trial)))),
        concurrent(),
        registered("name that the model made up", (tools, trial) -> {}).madeUp());
  }

  private static Route registered(String path, BiConsumer<AiServices<?>, Trial> setup) {
    return Route.spi(
            path,
            (trial, streamed) ->
                Talk.with(streamed, Script.acting(trial), tools -> setup.accept(tools, trial)))
        .streaming();
  }

  private static Route concurrent() {
    return Route.spi(
            "concurrent tools",
            (trial, streamed) ->
                Talk.with(
                    streamed,
                    new Script().acts(trial, Deed.NAME, Deed.NAME),
                    tools -> tools.tools(new Deed(trial)).executeToolsConcurrently()))
        .streaming()
        .calls(2)
        .resumedWith(Deed::annotated);
  }

  private static List<AiServiceTool> listed(Trial trial) {
    return List.of(
        AiServiceTool.builder()
            .toolSpecification(Deed.SPECIFICATION)
            .toolExecutor(Deed.executor(trial))
            .build());
  }

  private static void provided(AiServices<?> tools, Trial trial) {
    tools.toolProvider(request -> ToolProviderResult.builder().addAll(Deed.byHand(trial)).build());
  }

  /** A tool whose result is the answer. */
  static final class Immediate {
    private final Trial trial;

    Immediate(Trial trial) {
      this.trial = trial;
    }

    @Tool(name = Deed.NAME, returnBehavior = ReturnBehavior.IMMEDIATE)
    String act(String what) {
      return trial.body();
    }
  }
}
