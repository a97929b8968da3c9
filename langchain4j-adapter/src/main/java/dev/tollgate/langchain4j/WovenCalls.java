package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolResult;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.langchain4j.weave.InvokedMethod;
import dev.tollgate.langchain4j.weave.Proceeding;
import dev.tollgate.tool.ToolDefinition;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls of executors that no gated AI service makes: loops that an application writes itself, and
 * the framework's undoing. For the aspects, not for applications. Thread-safe.
 */
public final class WovenCalls {
  private WovenCalls() {}

  /** Whether nobody has decided on this call, and nobody will further in. */
  public static boolean undecided(ToolExecutor tool, ToolExecutionRequest request) {
    return !(tool instanceof GatedExecutor) && !ActiveCall.continues(tool, request);
  }

  /** Whether this is a step of a call that was decided on. */
  public static boolean continues(ToolExecutor tool, ToolExecutionRequest request) {
    return !(tool instanceof GatedExecutor) && ActiveCall.continues(tool, request);
  }

  /**
   * Decides on a call that is made with a context.
   *
   * @throws ToolDeniedException if an undo was denied: the framework reads no result of it
   */
  public static ToolExecutionResult executeWithContext(
      ToolExecutor tool,
      ToolExecutionRequest request,
      @Nullable InvocationContext invocation,
      Proceeding rest) {
    ToolOrigin origin = ToolOrigin.of(tool);
    ToolDefinition definition = definition(tool, origin, request);
    ToolResult result =
        passage(definition, origin, request, invocation)
            .pass(
                arguments -> {
                  ToolExecutionRequest decided = decided(request, arguments);
                  try (ActiveCall call = ActiveCall.of(tool, decided)) {
                    return answer(origin, rest.with(decided));
                  }
                });
    if (result instanceof ToolResult.Denied denied && UndoMethod.isSourceOf(definition)) {
      throw new ToolDeniedException(denied.denial());
    }
    return forFramework(result);
  }

  /** Decides on a call that is made without a context. */
  public static String execute(ToolExecutor tool, ToolExecutionRequest request, Proceeding rest) {
    ToolOrigin origin = ToolOrigin.of(tool);
    return Passage.text(
        passage(definition(tool, origin, request), origin, request, null)
            .pass(
                arguments -> {
                  ToolExecutionRequest decided = decided(request, arguments);
                  try (ActiveCall call = ActiveCall.of(tool, decided)) {
                    return ToolResult.returned(String.valueOf(rest.with(decided)));
                  }
                }));
  }

  /** The framework's own object, unless the gate has masked it. */
  static ToolExecutionResult forFramework(ToolResult result) {
    if (result instanceof ToolResult.Returned returned) {
      return returned.carrier() instanceof ToolExecutionResult ran
          ? ran
          : ToolExecutionResult.builder()
              .isError(returned.error())
              .resultText(returned.text())
              .build();
    }
    return Passage.forModel(((ToolResult.Denied) result).denial());
  }

  static ToolResult answer(ToolOrigin origin, @Nullable Object ran) {
    return ran instanceof ToolExecutionResult result
        ? GuardedToolExecutor.answer(origin, result)
        : ToolResult.returned("");
  }

  static WovenPassage passage(
      ToolDefinition definition,
      ToolOrigin origin,
      ToolExecutionRequest request,
      @Nullable InvocationContext invocation) {
    @Nullable String arguments = request.arguments();
    return new WovenPassage(
        gate -> origin.named(gate.describe(definition)),
        arguments == null ? "" : arguments,
        request.id(),
        invocation);
  }

  /** What was decided on is what runs. */
  static ToolExecutionRequest decided(ToolExecutionRequest request, String arguments) {
    return request.toBuilder().arguments(arguments).build();
  }

  /** What runs, and not what a model calls it, as far as the executor says. */
  private static ToolDefinition definition(
      ToolExecutor tool, ToolOrigin origin, ToolExecutionRequest request) {
    String name = String.valueOf((@Nullable Object) request.name());
    if (!(tool instanceof DefaultToolExecutor executor)) {
      return new ToolDefinition(name, "", "", origin.source());
    }
    Method invoked = InvokedMethod.of(executor);
    if (invoked != null && UndoMethod.is(invoked)) {
      return UndoMethod.definition(invoked);
    }
    Method method = InvokedMethod.registered(executor);
    if (method == null) {
      return ToolDefinitions.undescribed(name).get(0);
    }
    return method.isAnnotationPresent(Tool.class)
        ? ToolDefinitions.of(
            ToolSpecifications.toolSpecificationFrom(method), ToolOrigin.LANGCHAIN4J)
        : ToolDefinitions.undescribed(method.getName()).get(0);
  }
}
