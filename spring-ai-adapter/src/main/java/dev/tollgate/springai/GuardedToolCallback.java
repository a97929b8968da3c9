package dev.tollgate.springai;

import dev.tollgate.ToolResult;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool of one batch. Its body runs inside the gate, with the arguments that were decided on. */
final class GuardedToolCallback implements ToolCallback {
  private final ToolCallback delegate;
  private final Batch batch;

  GuardedToolCallback(ToolCallback delegate, Batch batch) {
    this.delegate = delegate;
    this.batch = batch;
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return delegate.getToolDefinition();
  }

  /** Kept, or returnDirect would be lost. */
  @Override
  public ToolMetadata getToolMetadata() {
    return delegate.getToolMetadata();
  }

  @Override
  public String call(String arguments) {
    return call(arguments, null);
  }

  @Override
  public String call(String arguments, @Nullable ToolContext context) {
    return text(
        batch.run(
            getToolDefinition().name(),
            arguments,
            canonical -> CalledTool.run(delegate, canonical, context)));
  }

  /** What the model gets to read; what the tool threw is thrown again. */
  static String text(ToolResult result) {
    if (result instanceof ToolResult.Returned returned) {
      if (returned.unanswered() && returned.carrier() instanceof Exception late) {
        throw thrown(late);
      }
      return returned.text();
    }
    if (result instanceof ToolResult.Failed failed) {
      throw thrown(failed.cause());
    }
    return ((ToolResult.Denied) result).denial().forModel();
  }

  /** As the tool threw it: Spring AI tells its own exceptions from others. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Exception> RuntimeException thrown(Exception cause) throws E {
    throw (E) cause;
  }
}
