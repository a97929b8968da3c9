package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One registered tool behind the gate. Thread-safe if the tool is. */
final class GuardedToolExecutor implements GatedExecutor {
  private final ToolExecutor tool;
  private final ToolOrigin origin;
  private final List<ToolDefinition> sameName;
  private final Passage passage;
  private volatile @Nullable Described described;

  /**
   * @param sameName what is registered under the tool's name
   */
  GuardedToolExecutor(ToolExecutor tool, List<ToolDefinition> sameName, Passage passage) {
    this.tool = tool;
    this.origin = ToolOrigin.of(tool);
    this.sameName = sameName;
    this.passage = passage;
  }

  /** Keeps the result object: tool search and images live in what its text does not say. */
  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext invocation) {
    ToolResult result =
        passage.pass(
            this,
            request,
            invocation,
            arguments -> {
              ToolExecutionRequest decided = decided(request, arguments);
              try (ActiveCall call = ActiveCall.of(tool, decided)) {
                ToolExecutionResult ran = tool.executeWithContext(decided, invocation);
                return answer(origin, ran);
              }
            });
    if (result instanceof ToolResult.Returned returned) {
      return returned.carrier() instanceof ToolExecutionResult ran ? ran : textOnly(returned);
    }
    return Passage.forModel(((ToolResult.Denied) result).denial());
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    ToolResult result =
        passage.pass(
            this,
            request,
            null,
            arguments -> {
              ToolExecutionRequest decided = decided(request, arguments);
              try (ActiveCall call = ActiveCall.of(tool, decided)) {
                @Nullable String ran = tool.execute(decided, memoryId);
                return ToolResult.returned(String.valueOf(ran));
              }
            });
    return Passage.text(result);
  }

  /** What the gate has masked: the tool's object, its attributes and images stay behind. */
  private static ToolExecutionResult textOnly(ToolResult.Returned masked) {
    return ToolExecutionResult.builder().isError(masked.error()).resultText(masked.text()).build();
  }

  /** What was decided on is what runs: the model's own text is left behind. */
  private static ToolExecutionRequest decided(ToolExecutionRequest request, String arguments) {
    return request.toBuilder().arguments(arguments).build();
  }

  static ToolResult answer(ToolOrigin origin, ToolExecutionResult ran) {
    String text = text(ran);
    if (!origin.unanswered(ran, text)) {
      return new ToolResult.Returned(text, ran.isError(), ran);
    }
    ToolExecutionResult late = ToolExecutionResult.builder().isError(true).resultText(text).build();
    return new ToolResult.Returned(text, true, late, true);
  }

  /** Reading the contents here makes a lazy result part of the call, and its failure too. */
  static String text(ToolExecutionResult result) {
    List<Content> contents = result.resultContents();
    if (contents.size() == 1 && contents.get(0) instanceof TextContent only) {
      return only.text(); // as nearly always, and it may be too long to copy
    }
    return contents.stream()
        .filter(TextContent.class::isInstance)
        .map(content -> ((TextContent) content).text())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public Tool describedBy(ToolGate gate, String name) {
    Described known = described;
    if (known == null || known.gate != gate) {
      known = new Described(gate, origin.named(gate.describe(sameName)));
      described = known;
    }
    return origin.asOffered(known.tool);
  }

  private record Described(ToolGate gate, Tool tool) {}
}
