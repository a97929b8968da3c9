package dev.tollgate.springai.coverage;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.tool.ToolCallback;

/** A user's talk with a chat client, at once or as a stream. */
final class Talk {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Talk() {}

  /** With the tools and advisors that {@code setup} gives it. */
  static void with(
      boolean streamed, ChatClient client, UnaryOperator<ChatClientRequestSpec> setup) {
    ChatClientRequestSpec request = setup.apply(client.prompt().user("go"));
    if (streamed) {
      request.stream().content().blockLast(LONGEST);
    } else {
      request.call().content();
    }
  }

  /** Gives a request callbacks. Deprecated on the new line, and what the old one has. */
  @SuppressWarnings("removal")
  static ChatClientRequestSpec callbacks(ChatClientRequestSpec request, List<ToolCallback> tools) {
    return request.toolCallbacks(tools);
  }

  /** With a client of Boot's builder. */
  static void with(boolean streamed, Trial trial, UnaryOperator<ChatClientRequestSpec> setup) {
    with(streamed, trial.stage().client(), setup);
  }
}
