package dev.tollgate.compatibility.providers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicSkillContainer;
import org.springframework.ai.anthropic.AnthropicWebSearchTool;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import tools.jackson.databind.json.JsonMapper;

/**
 * An option by which a provider runs tools.
 *
 * @param named the tool that policy is asked about
 * @param example how the page writes it
 * @param plain options of the same class that turn nothing on
 */
record Option(
    String provider, String named, String example, ChatOptions.Builder<?> set, ChatOptions plain) {

  static List<Option> all() {
    return List.of(
        openAi("extraBody.web_search_options", Map.of()),
        openAi("extraBody.tools", List.of(Map.of("type", "web_search"))),
        openAi("extraBody.tools", List.of(Map.of("type", "code_interpreter"))),
        openAi("extraBody.mcp_servers", List.of(Map.of("url", "https://files.example"))),
        openAi("extraBody.plugins", List.of(Map.of("id", "web"))),
        openAi("extraBody.enable_search", true),
        openAi("extraBody.search_parameters", Map.of("mode", "auto")),
        openAi("extraBody.compound_custom", Map.of("tools", Map.of())),
        openAi("extraBody.extra_body", Map.of("google", Map.of())),
        openAi("extraBody.preset", "@preset/office"),
        openAi("extraBody.anything_new", "{\"web_search\": {}}"),
        openAi("extraBody.something_else", true),
        openAi(
            "customHeaders.X-Enable-Web-Search",
            "X-Enable-Web-Search: on",
            OpenAiChatOptions.builder().customHeaders(Map.of("X-Enable-Web-Search", "on"))),
        openAi(
            "model",
            "gpt-4o-search-preview",
            OpenAiChatOptions.builder().model("gpt-4o-search-preview")),
        openAi(
            "model",
            "vendor/model:online",
            OpenAiChatOptions.builder().model("vendor/model:online")),
        anthropic(
            "webSearchTool",
            "webSearchTool(…)",
            AnthropicChatOptions.builder()
                .webSearchTool(AnthropicWebSearchTool.builder().maxUses(1).build())),
        anthropic("skillContainer", "skill(…)", AnthropicChatOptions.builder().skill("pptx")),
        anthropic(
            "skillContainer",
            "skills(…)",
            AnthropicChatOptions.builder().skills("xlsx", "own_skill")),
        anthropic(
            "skillContainer",
            "skillContainer(…)",
            AnthropicChatOptions.builder()
                .skillContainer(AnthropicSkillContainer.builder().skill("docx").build())),
        beta("httpHeaders", "code-execution-2025-05-22"),
        beta("httpHeaders", "files-api-2025-04-14,mcp-client-2025-04-04"),
        beta("customHeaders", "web-fetch-2025-09-10"),
        google(
            "googleSearchRetrieval", GoogleGenAiChatOptions.builder().googleSearchRetrieval(true)),
        google(
            "includeServerSideToolInvocations",
            GoogleGenAiChatOptions.builder().includeServerSideToolInvocations(true)),
        google(
            "useCachedContent",
            GoogleGenAiChatOptions.builder()
                .useCachedContent(true)
                .cachedContentName("cachedContents/1")));
  }

  private static Option openAi(String named, Object value) {
    return openAi(
        named,
        JsonMapper.shared().writeValueAsString(value),
        OpenAiChatOptions.builder()
            .extraBody(Map.of(named.substring("extraBody.".length()), value)));
  }

  private static Option openAi(String named, String example, ChatOptions.Builder<?> set) {
    return new Option("OpenAI", named, example, set, OpenAiChatOptions.builder().build());
  }

  private static Option beta(String option, String betas) {
    Map<String, String> headers = Map.of("anthropic-beta", betas);
    AnthropicChatOptions.Builder set = AnthropicChatOptions.builder();
    return new Option(
        "Anthropic",
        option + ".anthropic-beta",
        betas,
        option.equals("httpHeaders") ? set.httpHeaders(headers) : set.customHeaders(headers),
        AnthropicChatOptions.builder().build());
  }

  private static Option anthropic(String named, String example, ChatOptions.Builder<?> set) {
    return new Option("Anthropic", named, example, set, AnthropicChatOptions.builder().build());
  }

  private static Option google(String named, ChatOptions.Builder<?> set) {
    return new Option(
        "Google GenAI", named, named + "(true)", set, GoogleGenAiChatOptions.builder().build());
  }

  /** The request with the option. */
  ChatClientRequestSpec in(ChatClientRequestSpec request) {
    return request.options(set);
  }

  /** The table of the page: which option each provider has, and what policy is asked about. */
  static List<String> rows() {
    return all().stream()
        .collect(
            Collectors.groupingBy(
                option -> "| " + option.provider + " | `" + option.named + "` |",
                LinkedHashMap::new,
                Collectors.mapping(Option::example, Collectors.joining("`, `"))))
        .entrySet()
        .stream()
        .map(row -> row.getKey() + " `" + row.getValue() + "` |")
        .toList();
  }

  @Override
  public String toString() {
    return provider + " " + named + " " + example;
  }
}
