package dev.tollgate.springai;

import dev.tollgate.springai.weave.ActiveCall;
import dev.tollgate.springai.weave.CallRest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A callback that something calls without a manager: a turn of one call, whose id nobody knows.
 *
 * @param callback the application's own
 * @param rest what runs, with the arguments that were decided on and what it may see of the context
 */
record OneCall(ToolCallback callback, CallRest rest) implements ToolCallback {

  static String through(
      Gateway gateway,
      ToolCallback callback,
      @Nullable String arguments,
      @Nullable ToolContext context,
      CallRest rest) {
    String given = GateRequests.text(arguments);
    Batch batch =
        Batch.admit(
            gateway,
            List.of(
                new AssistantMessage.ToolCall(
                    "", "function", callback.getToolDefinition().name(), given)),
            new OfferedTools(List.of(callback)),
            null);
    return new GuardedToolCallback(new OneCall(callback, rest), batch).call(given, context);
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return callback.getToolDefinition();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return callback.getToolMetadata();
  }

  @Override
  public String call(String arguments) {
    return call(arguments, null);
  }

  /** With no more of the context than the gate lets through to a server. */
  @Override
  public String call(String arguments, @Nullable ToolContext context) {
    try (ActiveCall active =
        ActiveCall.of(callback, callback.getToolDefinition().name(), arguments)) {
      String text = rest.apply(arguments, context);
      return text == null ? "" : text;
    }
  }
}
