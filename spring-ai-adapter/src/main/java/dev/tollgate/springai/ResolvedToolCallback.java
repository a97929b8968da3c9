package dev.tollgate.springai;

import dev.tollgate.springai.weave.ActiveCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A callback that was found by name. It asks the gate, unless who runs it has done so.
 *
 * @param original the application's own
 */
record ResolvedToolCallback(ToolCallback original, Gateway gateway) implements ToolCallback {
  @Override
  public ToolDefinition getToolDefinition() {
    return original.getToolDefinition();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return original.getToolMetadata();
  }

  @Override
  public String call(String arguments) {
    return call(arguments, null);
  }

  @Override
  public String call(String arguments, @Nullable ToolContext context) {
    if (ActiveCall.continues(this, arguments)) {
      try (ActiveCall step = ActiveCall.step(this, arguments)) {
        return original.call(arguments, context);
      }
    }
    return OneCall.through(
        gateway,
        original,
        arguments,
        context,
        (decided, seen) -> original.call(String.valueOf(decided), seen));
  }
}
