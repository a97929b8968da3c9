package dev.tollgate.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;
import org.springframework.ai.chat.prompt.Prompt;

/** Classes of options that nobody here knows: what could run a tool is asked about. */
class UnknownOptionsTest {

  /** Such a class, with one option that has a getter. */
  public abstract static class Unknown extends DefaultChatOptions {
    Unknown() {
      super("model", null, null, null, null, null, null, null);
    }

    @Override
    public ChatOptions.Builder<?> mutate() {
      return new Same(this);
    }
  }

  private static final class Same extends DefaultChatOptionsBuilder<Same> {
    private final Unknown options;

    Same(Unknown options) {
      this.options = options;
    }

    @Override
    public DefaultChatOptions build() {
      return options;
    }
  }

  /** Has an option of any kind. */
  public static final class Novelty extends Unknown {
    private final transient @Nullable Object novelty;

    Novelty(@Nullable Object novelty) {
      this.novelty = novelty;
    }

    public @Nullable Object getNovelty() {
      return novelty;
    }
  }

  /** Reads its option itself: nobody else can but by reflection. */
  public static final class Hidden extends Unknown {
    @SuppressWarnings("unused") // read by reflection only
    private final List<Object> hosted = List.of(new Object());
  }

  /** Does not say. */
  public static final class Silent extends Unknown {
    public Object getNovelty() {
      return Objects.requireNonNull(getFrequencyPenalty(), "not supported");
    }
  }

  /** Says by its name what it does. */
  public static final class Telling extends Unknown {
    public int getWebSearchResults() {
      return 3;
    }

    public String getAgentId() {
      return "7";
    }
  }

  /** The shape of some providers' own tool lists. */
  public static final class FunctionTool {
    public enum Type {
      FUNCTION,
      WEB_SEARCH
    }

    private final Type type;

    FunctionTool(Type type) {
      this.type = type;
    }

    public Type getType() {
      return type;
    }
  }

  /** With such a list. */
  public static final class Listing extends Unknown {
    private final transient List<FunctionTool> tools;

    Listing(FunctionTool.Type... types) {
      this.tools = List.of(types).stream().map(FunctionTool::new).toList();
    }

    public List<FunctionTool> getTools() {
      return tools;
    }
  }

  /** Hands entries on as they are. */
  public static final class Passing extends Unknown {
    private final transient Map<String, Object> extraBody;

    Passing(Map<String, Object> extraBody) {
      this.extraBody = extraBody;
    }

    public Map<String, Object> getExtraBody() {
      return extraBody;
    }
  }

  /** All of it is handed on as it is. */
  public static final class Raw extends java.util.HashMap<String, Object> implements ChatOptions {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String getModel() {
      return null;
    }

    @Override
    public @Nullable Double getFrequencyPenalty() {
      return null;
    }

    @Override
    public @Nullable Integer getMaxTokens() {
      return null;
    }

    @Override
    public @Nullable Double getPresencePenalty() {
      return null;
    }

    @Override
    public @Nullable List<String> getStopSequences() {
      return null;
    }

    @Override
    public @Nullable Double getTemperature() {
      return null;
    }

    @Override
    public @Nullable Integer getTopK() {
      return null;
    }

    @Override
    public @Nullable Double getTopP() {
      return null;
    }

    @Override
    public ChatOptions.Builder<?> mutate() {
      throw new UnsupportedOperationException();
    }
  }

  static List<Object> onlyAskedAbout() {
    return List.of(
        true,
        new Object(),
        List.of(new Object()),
        new Object[] {new Object()},
        Optional.of(new Object()),
        Map.of("files", "https://files.example"),
        "{\"tools\":[]}",
        " [1]",
        "TRUE",
        "web-search",
        List.of("text", "web_search"),
        "vendor/model:online");
  }

  @ParameterizedTest
  @MethodSource("onlyAskedAbout")
  void what_could_run_a_tool_is_asked_about(Object value) {
    assertThat(ProviderTools.asked(new Novelty(value))).containsExactly("novelty");
  }

  static List<Object> plain() {
    return List.of(
        false,
        0.5,
        7,
        "fast",
        " ",
        Thread.State.NEW,
        List.of(),
        List.of("one", "other", 3),
        new int[] {1},
        new String[] {"one"},
        Map.of(),
        Optional.empty(),
        Duration.ofSeconds(1),
        URI.create("https://gateway.example"));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void what_cannot_costs_no_decision(Object value) {
    assertThat(ProviderTools.asked(new Novelty(value))).isEmpty();
  }

  @Test
  void nothing_set_is_nothing_asked() {
    assertThat(ProviderTools.asked(new Novelty(null))).isEmpty();
    assertThat(ProviderTools.asked(null)).isEmpty();
  }

  @Test
  void raw_entries_are_asked_about_one_by_one() {
    Map<String, Object> raw =
        Map.of("web_search", Map.of(), "top_k", 3, "TopK", true, "on", true, "off", false);
    assertThat(ProviderTools.asked(new Passing(raw)))
        .containsExactlyInAnyOrder("extraBody.web_search", "extraBody.on");
    Raw all = new Raw();
    all.putAll(raw);
    assertThat(ProviderTools.asked(all))
        .containsExactlyInAnyOrder("options.web_search", "options.on");
  }

  @Test
  void an_option_without_a_getter_is_asked_about() {
    assertThat(ProviderTools.asked(new Hidden())).containsExactly("hosted");
  }

  @Test
  void one_that_cannot_be_read_is_asked_about() {
    assertThat(ProviderTools.asked(new Silent())).containsExactly("novelty");
  }

  @Test
  void a_number_or_text_is_asked_about_by_its_name() {
    assertThat(ProviderTools.asked(new Telling())).containsExactly("agentId", "webSearchResults");
  }

  @Test
  void a_list_of_functions_is_none_of_a_providers_tools() {
    assertThat(ProviderTools.asked(new Listing(FunctionTool.Type.FUNCTION))).isEmpty();
    assertThat(
            ProviderTools.asked(
                new Listing(FunctionTool.Type.FUNCTION, FunctionTool.Type.WEB_SEARCH)))
        .containsExactly("tools");
  }

  @Test
  void functions_in_raw_requests_are_none_unless_something_stands_beside_them() {
    Map<String, Object> function = Map.of("type", "function", "name", "search");
    assertThat(ProviderTools.asked(new Passing(Map.of("tools", List.of(function))))).isEmpty();
    assertThat(
            ProviderTools.asked(
                new Passing(
                    Map.of(
                        "tools",
                        List.of(
                            Map.of("type", "function", "name", "a", "google_search", Map.of()))))))
        .containsExactly("extraBody.tools");
  }

  @Test
  void what_reflection_does_not_show_is_no_plain_class() {
    assertThat(HeldOptions.visible(new Object())).isFalse();
    assertThat(HeldOptions.visible(new Novelty(null))).isTrue();
  }

  @Test
  void the_model_is_not_asked_if_policy_denies_such_an_option() {
    AtomicInteger asked = new AtomicInteger();
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse call(Prompt prompt) {
            asked.incrementAndGet();
            return new ChatResponse(List.of(new Generation(new AssistantMessage("answered"))));
          }

          @Override
          public ChatOptions getOptions() {
            return new Hidden();
          }
        };
    Application.denying("hosted")
        .with(model)
        .run(
            context ->
                assertThatThrownBy(() -> Application.ask(context, "look it up"))
                    .isInstanceOf(ToolDeniedException.class)
                    .hasMessageContaining("policy_forbidden"));
    assertThat(asked).hasValue(0);
  }
}
