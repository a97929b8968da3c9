package dev.tollgate.compatibility.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.ai.openai.models.AzureChatEnhancementConfiguration;
import com.azure.ai.openai.models.AzureChatGroundingEnhancementConfiguration;
import dev.tollgate.springai.ToolDeniedException;
import dev.tollgate.testkit.ScriptedPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.azure.openai.AzureOpenAiChatOptions;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.mistralai.MistralAiChatOptions;
import org.springframework.ai.mistralai.api.MistralAiApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletionRequest.WebSearchOptions;
import org.springframework.ai.vertexai.gemini.VertexAiGeminiChatOptions;

/** The options of Spring AI 1.1's providers: each with the tool that policy is asked about. */
class OldOptionsTest {
  static List<Arguments> options() {
    return List.of(
        Arguments.of(
            "webSearchOptions",
            OpenAiChatOptions.builder().webSearchOptions(new WebSearchOptions(null, null)).build()),
        Arguments.of(
            "extraBody.plugins",
            OpenAiChatOptions.builder().extraBody(Map.of("plugins", List.of("web"))).build()),
        Arguments.of(
            "httpHeaders.X-Enable-Web-Search",
            OpenAiChatOptions.builder().httpHeaders(Map.of("X-Enable-Web-Search", "on")).build()),
        Arguments.of("model", OpenAiChatOptions.builder().model("gpt-4o-search-preview").build()),
        Arguments.of("skillContainer", AnthropicChatOptions.builder().skill("pptx").build()),
        Arguments.of(
            "skillContainer",
            AnthropicChatOptions.builder().skill(AnthropicApi.AnthropicSkill.XLSX).build()),
        Arguments.of(
            "skillContainer", AnthropicChatOptions.builder().skills("own", "docx").build()),
        Arguments.of(
            "httpHeaders.anthropic-beta",
            AnthropicChatOptions.builder()
                .httpHeaders(Map.of("anthropic-beta", "mcp-client-2025-04-04"))
                .build()),
        Arguments.of(
            "enhancements",
            AzureOpenAiChatOptions.builder()
                .enhancements(
                    new AzureChatEnhancementConfiguration()
                        .setGrounding(new AzureChatGroundingEnhancementConfiguration(true)))
                .build()),
        Arguments.of(
            "requestParameters.tools",
            BedrockChatOptions.builder()
                .requestParameters(Map.of("tools", "[{\"type\":\"web_search\"}]"))
                .build()),
        Arguments.of(
            "requestParameters.enable_search",
            BedrockChatOptions.builder()
                .requestParameters(Map.of("enable_search", "true"))
                .build()),
        Arguments.of(
            "googleSearchRetrieval",
            VertexAiGeminiChatOptions.builder().googleSearchRetrieval(true).build()),
        Arguments.of(
            "googleSearchRetrieval",
            GoogleGenAiChatOptions.builder().googleSearchRetrieval(true).build()),
        Arguments.of(
            "useCachedContent",
            GoogleGenAiChatOptions.builder()
                .useCachedContent(true)
                .cachedContentName("cachedContents/1")
                .build()));
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_a_request_is_refused(String named, ChatOptions set) {
    refused(named, ChatClient.Builder::build, request -> request.options(set));
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_a_clients_defaults_is_refused(String named, ChatOptions set) {
    refused(named, builder -> builder.defaultOptions(set).build(), request -> request);
  }

  private static void refused(
      String named,
      Function<ChatClient.Builder, ChatClient> client,
      UnaryOperator<ChatClientRequestSpec> options) {
    Application app = new Application(ScriptedPolicy.denying(named));
    CountingModel model = new CountingModel(ChatOptions.builder().build());
    app.run(
        model,
        builder -> {
          ChatClient agent = client.apply(builder);
          assertThatThrownBy(
                  () -> options.apply(agent.prompt().user("look it up")).call().content())
              .isInstanceOf(ToolDeniedException.class)
              .hasMessageContaining("policy_forbidden");
          assertThatThrownBy(
                  () ->
                      options.apply(agent.prompt().user("look it up")).stream()
                          .content()
                          .collectList()
                          .block())
              .isInstanceOf(ToolDeniedException.class);
        });
    assertThat(model.asked()).hasValue(0);
    assertThat(app.asked()).containsExactly("provider " + named, "provider " + named);
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_the_models_own_defaults_stops_the_start(String named, ChatOptions set) {
    Application app = new Application(ScriptedPolicy.permitAll());
    assertThatThrownBy(() -> app.run(new CountingModel(set), ChatClient.Builder::build))
        .hasStackTraceContaining("its defaults have the provider run " + named);
  }

  static List<ChatOptions> plain() {
    return List.of(
        OpenAiChatOptions.builder()
            .model("gpt-5-mini")
            .streamUsage(true)
            .logprobs(true)
            .tools(
                List.of(
                    new OpenAiApi.FunctionTool(
                        new OpenAiApi.FunctionTool.Function("searches", "search", "{}"))))
            .toolChoice("auto")
            .parallelToolCalls(true)
            .store(true)
            .metadata(Map.of("purpose", "search"))
            .httpHeaders(Map.of("X-Request-Id", "1"))
            .extraBody(Map.of("top_k", 3))
            .build(),
        AnthropicChatOptions.builder()
            .model("claude-sonnet-4-5")
            .thinking(AnthropicApi.ThinkingType.ENABLED, 2048)
            .toolChoice(new AnthropicApi.ToolChoiceAuto())
            .httpHeaders(Map.of("anthropic-beta", "context-1m-2025-08-07"))
            .build(),
        AzureOpenAiChatOptions.builder()
            .deploymentName("search-team")
            .logprobs(true)
            .streamUsage(true)
            .build(),
        BedrockChatOptions.builder().requestParameters(Map.of("top_k", "3")).build(),
        VertexAiGeminiChatOptions.builder().responseLogprobs(true).logprobs(1).build(),
        GoogleGenAiChatOptions.builder().includeThoughts(true).labels(Map.of("a", "b")).build(),
        MistralAiChatOptions.builder()
            .safePrompt(true)
            .tools(
                List.of(
                    new MistralAiApi.FunctionTool(
                        new MistralAiApi.FunctionTool.Function("a", "search", Map.of()))))
            .toolChoice(MistralAiApi.ChatCompletionRequest.ToolChoice.AUTO)
            .build(),
        OllamaChatOptions.builder().useNUMA(true).lowVRAM(true).enableThinking().build());
  }

  @ParameterizedTest
  @MethodSource("plain")
  void plain_ones_pass(ChatOptions options) {
    Application app = new Application(ScriptedPolicy.permitAll());
    CountingModel model = new CountingModel(options);
    app.run(
        model,
        builder ->
            assertThat(builder.build().prompt().user("hello").options(options).call().content())
                .isEqualTo("answered"));
    assertThat(model.asked()).hasValue(1);
    assertThat(app.asked()).isEmpty();
  }
}
