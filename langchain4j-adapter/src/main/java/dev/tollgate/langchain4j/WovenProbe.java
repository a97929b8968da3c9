package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolService;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.langchain4j.weave.Weaving;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Shows at the start that the second layer is there, where {@code tollgate.strict=woven} demands
 * it. A weaver that is missing, or leaves a class out, says nothing.
 */
record WovenProbe(BooleanSupplier weaver, Framework framework) {
  /** The real ones. */
  static final WovenProbe REAL =
      new WovenProbe(
          Weaving::active,
          (request, tool) ->
              ToolService.executeWithErrorHandling(
                  request,
                  tool::run,
                  InvocationContext.builder().build(),
                  (error, context) -> ToolErrorHandlerResult.text("failed"),
                  (error, context) -> ToolErrorHandlerResult.text("failed")));

  /** Where the framework itself calls an executor. */
  @FunctionalInterface
  interface Framework {
    ToolExecutionResult execute(ToolExecutionRequest request, Ran tool);
  }

  /** A tool that remembers that it ran. */
  record Ran(AtomicBoolean ran) {
    String run(ToolExecutionRequest request, Object memoryId) {
      ran.set(true);
      return "";
    }
  }

  /**
   * Checks the weaver, then what it has woven.
   *
   * @throws IllegalStateException if the second layer is missing and demanded
   */
  void check(Strictness strictness) {
    if (strictness != Strictness.WOVEN) {
      return;
    }
    if (!weaver.getAsBoolean()) {
      throw new IllegalStateException(
          "tollgate.strict=woven, and no aspect is woven: start Java with"
              + " -javaagent:aspectjweaver.jar (org.aspectj:aspectjweaver 1.9.27), or weave when"
              + " you build, with dev.aspectj:aspectj-maven-plugin (docs/weaving.md)");
    }
    Ran tool = new Ran(new AtomicBoolean());
    ToolExecutionResult told =
        framework.execute(
            ToolExecutionRequest.builder().name(ProbeModel.TOOL).arguments("[").build(), tool);
    if (tool.ran().get() || !told.isError()) {
      throw new IllegalStateException(
          "tollgate.strict=woven, and LangChain4j's own classes are not woven: an aop.xml of the"
              + " application names includes without dev.langchain4j..*, or only the application"
              + " was woven when it was built (docs/weaving.md)");
    }
  }
}
