package dev.tollgate.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import reactor.core.publisher.Flux;

/** Options that have the model's provider run tools, which never come into this process. */
class ProviderToolsTest {

  /** Options as Anthropic's and Google's have them. */
  public static final class Options extends DefaultChatOptions {
    private final @Nullable Object webSearchTool;

    Options(@Nullable Object webSearchTool) {
      super("model", null, null, null, null, null, null, null);
      this.webSearchTool = webSearchTool;
    }

    public @Nullable Object getWebSearchTool() {
      return webSearchTool;
    }

    public Boolean getGoogleSearchRetrieval() {
      return false;
    }

    @Override
    public ChatOptions.Builder<?> mutate() {
      return new Mutated(this);
    }
  }

  /** Keeps the options as they are. */
  static final class Mutated extends DefaultChatOptionsBuilder<Mutated> {
    private final Options options;

    Mutated(Options options) {
      this.options = options;
    }

    @Override
    public DefaultChatOptions build() {
      return options;
    }
  }

  /** A model with such defaults, which counts how often it is asked. */
  record Searching(@Nullable Object webSearchTool, AtomicInteger asked) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      asked.incrementAndGet();
      return new ChatResponse(List.of(new Generation(new AssistantMessage("found"))));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.defer(() -> Flux.just(call(prompt)));
    }

    @Override
    public ChatOptions getOptions() {
      return new Options(webSearchTool);
    }
  }

  private final Searching searching = new Searching("search", new AtomicInteger());

  private static ChatClient.StreamResponseSpec stream(AssertableApplicationContext context) {
    return Application.client(context).prompt().user("look it up").stream();
  }

  @Test
  void a_provider_tool_that_is_denied_is_refused_before_the_model_is_asked() {
    Application app = Application.denying("webSearchTool");
    app.with(searching)
        .run(
            context -> {
              assertThatThrownBy(() -> Application.ask(context, "look it up"))
                  .isInstanceOf(ToolDeniedException.class)
                  .hasMessageContaining("policy_forbidden");
              assertThatThrownBy(() -> stream(context).content().collectList().block())
                  .isInstanceOf(ToolDeniedException.class);
              assertThat(searching.asked()).hasValue(0);
              assertThat(app.policy.asked()).hasSize(2);
              assertThat(app.policy.asked().get(0).get(0).tool().source()).isEqualTo("provider");
            });
  }

  @Test
  void one_that_is_permitted_is_on_record_and_the_model_is_asked() {
    Application app = Application.permitting();
    app.with(searching)
        .run(
            context -> {
              assertThat(Application.ask(context, "look it up")).isEqualTo("found");
              assertThat(app.policy.asked()).hasSize(1);
              assertThat(searching.asked()).hasValue(1);
            });
  }

  @Test
  void options_that_ask_for_none_cost_no_decision() {
    Application app = Application.denying("webSearchTool", "googleSearchRetrieval");
    app.with(new Searching(null, searching.asked()))
        .run(
            context -> {
              assertThat(Application.ask(context, "look it up")).isEqualTo("found");
              assertThat(app.policy.asked()).isEmpty();
            });
  }

  @Test
  void nobody_asked_for_anything_so_the_provider_is_not_asked_either() {
    Application.permitting()
        .with(searching)
        .run(
            context -> {
              assertThatThrownBy(() -> Application.ask(context, " ")).isInstanceOf(Exception.class);
              assertThat(searching.asked()).hasValue(0);
            });
  }

  @Test
  void what_a_model_has_by_default_is_in_the_report() {
    Application.permitting()
        .with(searching)
        .run(
            context ->
                assertThat(context.getBean(Coverage.class).paths())
                    .anySatisfy(
                        path -> {
                          assertThat(path.path()).startsWith("ChatModel ");
                          assertThat(path.detail()).contains("webSearchTool");
                        }));
  }
}
