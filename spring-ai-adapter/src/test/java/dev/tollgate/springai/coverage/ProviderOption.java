package dev.tollgate.springai.coverage;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;

/**
 * A tool that the model's provider runs, which never comes into this process: what counts is that
 * the model is asked with the option that allows it. No credential of ours is needed for that.
 */
final class ProviderOption {
  private ProviderOption() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
                "option that has the model's provider run a tool",
                Route.Layer.ADVISOR,
                (trial, streamed) -> {
                  trial.stage().script().asksWith(new Searching());
                  trial.stage().script().says(() -> new AssistantMessage(trial.body()));
                  trial.arm();
                  Talk.with(streamed, trial, chat -> chat);
                })
            .streaming()
            .withoutCredential());
  }

  /** Options of the shape that Anthropic's have. */
  public static final class Searching extends DefaultChatOptions {
    Searching() {
      super("model", null, null, null, null, null, null, null);
    }

    public String getWebSearchTool() {
      return "search";
    }

    @Override
    public ChatOptions.Builder<?> mutate() {
      return new Same();
    }
  }

  private static final class Same extends DefaultChatOptionsBuilder<Same> {
    @Override
    public DefaultChatOptions build() {
      return new Searching();
    }
  }
}
