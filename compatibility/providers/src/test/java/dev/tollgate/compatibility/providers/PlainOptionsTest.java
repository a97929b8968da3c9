package dev.tollgate.compatibility.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolChoiceAuto;
import dev.tollgate.testkit.ScriptedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicCacheStrategy;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicCitationDocument;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.ThinkOption;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Options that turn nothing on at a provider cost no decision, however many are set. */
class PlainOptionsTest {
  static List<ChatOptions.Builder<?>> options() {
    return List.of(openAi(), compatible(), anthropic(), google(), ollama(), portable());
  }

  private static ChatOptions.Builder<?> openAi() {
    return OpenAiChatOptions.builder()
        .model("gpt-5-mini")
        .timeout(Duration.ofSeconds(9))
        .customHeaders(Map.of("X-Request-Id", "1", "OpenAI-Beta", "realtime=v1"))
        .logitBias(Map.of("50256", -100))
        .logprobs(true)
        .topLogprobs(3)
        .maxCompletionTokens(100)
        .n(1)
        .outputModalities(List.of("text"))
        .responseFormat(
            OpenAiChatModel.ResponseFormat.builder()
                .type(OpenAiChatModel.ResponseFormat.Type.JSON_OBJECT)
                .build())
        .streamOptions(
            OpenAiChatOptions.StreamOptions.builder()
                .includeUsage(true)
                .additionalProperty("continuous_usage_stats", true)
                .build())
        .seed(7)
        .stop(List.of("end"))
        .temperature(0.1)
        .toolChoice("{\"type\":\"function\",\"function\":{\"name\":\"search\"}}")
        .parallelToolCalls(true)
        .user("alice")
        .store(true)
        .strict(true)
        .metadata(Map.of("purpose", "search for mails"))
        .reasoningEffort("low")
        .verbosity("low")
        .serviceTier("flex")
        .promptCacheKey("key");
  }

  /** What servers that speak OpenAI's protocol are sent beyond it. */
  private static ChatOptions.Builder<?> compatible() {
    return OpenAiChatOptions.builder()
        .model("qwen3-8b")
        .extraBody(
            Map.ofEntries(
                Map.entry("top_k", 20),
                Map.entry("min_p", 0.1),
                Map.entry("repetition_penalty", 1.1),
                Map.entry("guided_json", Map.of("properties", Map.of("search", Map.of()))),
                Map.entry("chat_template_kwargs", Map.of("enable_thinking", false)),
                Map.entry("enable_search", false),
                Map.entry("enable_thinking", true),
                Map.entry("provider", Map.of("order", List.of("one", "other"))),
                Map.entry("reasoning", Map.of("effort", "low")),
                Map.entry(
                    "tools",
                    List.of(Map.of("type", "function", "function", Map.of("name", "search")))),
                Map.entry("tool_choice", "auto"),
                Map.entry("max_tool_calls", 3),
                Map.entry("new_penalty", 0.5),
                Map.entry("new_mode", "fast"),
                Map.entry("new_stops", List.of(1, 2))));
  }

  private static ChatOptions.Builder<?> anthropic() {
    return AnthropicChatOptions.builder()
        .model("claude-sonnet-4-5")
        .timeout(Duration.ofSeconds(9))
        .maxRetries(1)
        .maxTokens(100)
        .temperature(0.1)
        .toolChoice(ToolChoice.ofAuto(ToolChoiceAuto.builder().build()))
        .disableParallelToolUse(true)
        .thinkingEnabled(2048)
        .citationDocuments(AnthropicCitationDocument.builder().plainText("text").title("t").build())
        .cacheOptions(
            AnthropicCacheOptions.builder()
                .strategy(AnthropicCacheStrategy.SYSTEM_AND_TOOLS)
                .build())
        .effort(OutputConfig.Effort.LOW)
        .httpHeaders(
            Map.of(
                "anthropic-beta",
                "context-1m-2025-08-07,token-efficient-tools-2025-02-19,files-api-2025-04-14"))
        .inferenceGeo("eu");
  }

  private static ChatOptions.Builder<?> google() {
    return GoogleGenAiChatOptions.builder()
        .model("gemini-2.5-flash")
        .temperature(0.1)
        .candidateCount(1)
        .responseMimeType("application/json")
        .responseSchema("{\"type\":\"OBJECT\"}")
        .thinkingBudget(100)
        .includeThoughts(true)
        .includeExtendedUsageMetadata(true)
        .cachedContentName("cachedContents/1")
        .useCachedContent(false)
        .autoCacheThreshold(1000)
        .autoCacheTtl(Duration.ofMinutes(5))
        .googleSearchRetrieval(false)
        .includeServerSideToolInvocations(false)
        .safetySettings(List.of())
        .labels(Map.of("team", "search"));
  }

  private static ChatOptions.Builder<?> ollama() {
    return OllamaChatOptions.builder()
        .model("qwen3")
        .useNUMA(true)
        .lowVRAM(true)
        .f16KV(true)
        .logitsAll(true)
        .vocabOnly(true)
        .useMMap(true)
        .useMLock(true)
        .penalizeNewline(true)
        .truncate(true)
        .keepAlive("5m")
        .numCtx(4096)
        .mirostatTau(1f)
        .stop(List.of("end"))
        .format(Map.of("type", "object", "properties", Map.of("search", Map.of())))
        .thinkOption(ThinkOption.ThinkBoolean.ENABLED);
  }

  private static ChatOptions.Builder<?> portable() {
    return ToolCallingChatOptions.builder()
        .model("any")
        .temperature(0.1)
        .toolContext(Map.of("search", true));
  }

  @ParameterizedTest
  @MethodSource("options")
  void they_pass_as_defaults_and_in_requests(ChatOptions.Builder<?> options) {
    Application app = new Application(ScriptedPolicy.permitAll());
    CountingModel model = new CountingModel(options.build());
    app.run(
        model,
        builder -> {
          ChatClientRequestSpec request = builder.build().prompt().user("say hello");
          assertThat(request.options(options).call().content()).isEqualTo("answered");
        });
    assertThat(model.asked()).hasValue(1);
    assertThat(app.asked()).isEmpty();
  }
}
