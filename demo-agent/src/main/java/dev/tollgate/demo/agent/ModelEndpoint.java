package dev.tollgate.demo.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.net.URI;
import java.time.Duration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * A real model behind any endpoint that speaks OpenAI's protocol.
 *
 * @param url the base URL, such as {@code http://127.0.0.1:8000/v1}
 * @param model the model's name there
 * @param key the endpoint's key, from {@code TOLLGATE_MODEL_KEY}
 */
public record ModelEndpoint(URI url, String model, Secret key) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  public static ModelEndpoint of(URI url, String model) {
    String key = System.getenv("TOLLGATE_MODEL_KEY");
    return new ModelEndpoint(url, model, Secret.of(key == null || key.isEmpty() ? "none" : key));
  }

  ChatModel langChain4j() {
    return key.reveal(
        SecretAccess.granted(),
        text ->
            dev.langchain4j.model.openai.OpenAiChatModel.builder()
                .baseUrl(url.toString())
                .modelName(model)
                .apiKey(text)
                .timeout(TIMEOUT)
                .maxRetries(0)
                .build());
  }

  StreamingChatModel langChain4jStreaming() {
    return key.reveal(
        SecretAccess.granted(),
        text ->
            dev.langchain4j.model.openai.OpenAiStreamingChatModel.builder()
                .baseUrl(url.toString())
                .modelName(model)
                .apiKey(text)
                .timeout(TIMEOUT)
                .build());
  }

  org.springframework.ai.chat.model.ChatModel springAi() {
    return key.reveal(
        SecretAccess.granted(),
        text ->
            OpenAiChatModel.builder()
                .options(
                    OpenAiChatOptions.builder()
                        .baseUrl(url.toString())
                        .model(model)
                        .apiKey(text)
                        .timeout(TIMEOUT)
                        .maxRetries(0)
                        .build())
                .build());
  }
}
