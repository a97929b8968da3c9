package dev.tollgate.springai;

import dev.tollgate.springai.weave.ActiveCall;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A callback that something calls without a manager: a turn of one call, whose id nobody knows.
 *
 * @param callback the application's own
 * @param rest what runs, with the arguments that were decided on
 */
record OneCall(ToolCallback callback, UnaryOperator<@Nullable String> rest)
    implements ToolCallback {

  static String through(
      Gateway gateway,
      ToolCallback callback,
      @Nullable String arguments,
      UnaryOperator<@Nullable String> rest) {
    String given = arguments == null || arguments.isBlank() ? "{}" : arguments;
    Batch batch =
        Batch.admit(
            gateway,
            List.of(
                new AssistantMessage.ToolCall(
                    "", "function", callback.getToolDefinition().name(), given)),
            new OfferedTools(List.of(callback)));
    return new GuardedToolCallback(new OneCall(callback, rest), batch).call(given);
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
    try (ActiveCall active =
        ActiveCall.of(callback, callback.getToolDefinition().name(), arguments)) {
      String text = rest.apply(arguments);
      return text == null ? "" : text;
    }
  }
}
