package dev.tollgate.compatibility.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.springai.ToolDeniedException;
import dev.tollgate.testkit.ScriptedPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicWebSearchTool;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The providers' own models in front of a server that keeps what it is sent. */
class RealModelsTest {
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext("/", this::refuse);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** No answer is needed: what counts is what was asked. A refusal is not tried again. */
  private void refuse(HttpExchange exchange) throws IOException {
    sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(400, -1);
    exchange.close();
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Test
  void openai_is_not_asked_to_search() {
    OpenAiChatOptions options =
        OpenAiChatOptions.builder()
            .baseUrl(url())
            .apiKey("none")
            .model("gpt-5-mini")
            .extraBody(Map.of("web_search_options", Map.of("search_context_size", "low")))
            .build();
    ChatModel model = OpenAiChatModel.builder().options(options).build();
    asksOnlyIfPermitted(model, "extraBody.web_search_options", "web_search_options");
  }

  @Test
  void anthropic_is_not_asked_to_search() {
    AnthropicChatOptions options =
        anthropic().webSearchTool(AnthropicWebSearchTool.builder().maxUses(1).build()).build();
    asksOnlyIfPermitted(
        AnthropicChatModel.builder().options(options).build(), "webSearchTool", "web_search");
  }

  @Test
  void anthropic_is_not_asked_to_execute_code() {
    AnthropicChatOptions options = anthropic().skill("pptx").build();
    asksOnlyIfPermitted(
        AnthropicChatModel.builder().options(options).build(), "skillContainer", "code_execution");
  }

  private AnthropicChatOptions.Builder anthropic() {
    return AnthropicChatOptions.builder().baseUrl(url()).apiKey("none").model("claude-sonnet-4-5");
  }

  @Test
  void google_is_not_asked_to_search() {
    try (Client client =
        Client.builder()
            .apiKey("none")
            .httpOptions(HttpOptions.builder().baseUrl(url()).build())
            .build()) {
      asksOnlyIfPermitted(
          GoogleGenAiChatModel.builder()
              .genAiClient(client)
              .options(
                  GoogleGenAiChatOptions.builder()
                      .model("gemini-2.5-flash")
                      .googleSearchRetrieval(true)
                      .build())
              .build(),
          "googleSearchRetrieval",
          "googleSearch");
    }
  }

  private void asksOnlyIfPermitted(ChatModel model, String named, String onTheWire) {
    new Application(ScriptedPolicy.denying(named))
        .run(
            model,
            builder ->
                assertThatThrownBy(() -> builder.build().prompt("look it up").call().content())
                    .isInstanceOf(ToolDeniedException.class));
    assertThat(sent).isEmpty();
    new Application(ScriptedPolicy.permitAll())
        .run(
            model,
            builder ->
                assertThatThrownBy(() -> builder.build().prompt("look it up").call().content())
                    .isNotInstanceOf(ToolDeniedException.class));
    assertThat(sent).isNotEmpty().allSatisfy(body -> assertThat(body).contains(onTheWire));
  }
}
