package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolService;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows at the start that tool calls really come through the gate. What the adapter overrides is
 * internal to LangChain4j, and a provider that is not the first in its slot is dropped in silence.
 */
final class CoverageProbe {
  /** The AI service that the probe asks the framework for. */
  interface Probe {
    String probe(String message);
  }

  private CoverageProbe() {}

  /**
   * The framework calls what the adapter overrides.
   *
   * @param toolService the class that is overridden
   */
  static void signatures(Class<?> toolService) {
    for (OverriddenMethod method : OverriddenMethod.ALL) {
      if (!method.existsIn(toolService)) {
        throw new IllegalStateException(
            "LangChain4j "
                + FrameworkVersion.of(toolService)
                + " has no "
                + toolService.getSimpleName()
                + "."
                + method
                + ", so tool calls would not pass the gate. Use LangChain4j 1.14.1 to 1.19.0, or a"
                + " Tollgate made for your version.");
      }
    }
  }

  /** The adapter has the framework's one slot. */
  static void slot(Function<Class<?>, AiServiceContext> framework) {
    AiServiceContext context = framework.apply(Probe.class);
    ToolService service = context.toolService;
    if (!(service instanceof GuardedToolService)) {
      throw new IllegalStateException(
          context.getClass().getName()
              + " with "
              + service.getClass().getName()
              + " has the slot of LangChain4j's AiServiceContextFactory, which takes one provider,"
              + " so tool calls would not pass the gate. Remove that provider from the class path,"
              + " or call TollgateLangChain4j.installForContexts(gate) and build every AI"
              + " service with AiServices.builder(TollgateLangChain4j.contextFor(…)).");
    }
  }

  /** A call comes through: the gate, if there is one, denies it, and the tool does not run. */
  static void call(AiServiceContext context, boolean gateInstalled) {
    AtomicBoolean ran = new AtomicBoolean();
    String told = told(context, ran);
    boolean denied = !ran.get() && told != null;
    boolean asked = told != null && !told.equals(Passage.NO_GATE.forModel());
    if (!denied || asked != gateInstalled) {
      throw new IllegalStateException(
          "the probe call did not come through the gate; report this with the versions of Tollgate"
              + " and LangChain4j");
    }
  }

  /** The denial that came back, as an error of the tool or as the end of the run. */
  private static @Nullable String told(AiServiceContext context, AtomicBoolean ran) {
    ProbeModel model = new ProbeModel();
    Probe probe =
        AiServices.<Probe>builder(context)
            .chatModel(model)
            .tools(
                Map.of(
                    ToolSpecification.builder().name(ProbeModel.TOOL).build(),
                    (request, memoryId) -> {
                      ran.set(true);
                      return "";
                    }))
            .build();
    try {
      probe.probe(ProbeModel.TOOL);
    } catch (ToolDeniedException e) {
      return e.getMessage();
    }
    ToolExecutionResultMessage told = model.told();
    return told != null && Boolean.TRUE.equals(told.isError()) ? told.text() : null;
  }
}
