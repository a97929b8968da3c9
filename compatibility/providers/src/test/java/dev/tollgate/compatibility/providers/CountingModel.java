package dev.tollgate.compatibility.providers;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** In place of a provider's model, with its options; counts how often it is asked. */
record CountingModel(ChatOptions options, AtomicInteger asked) implements ChatModel {
  CountingModel(ChatOptions options) {
    this(options, new AtomicInteger());
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    asked.incrementAndGet();
    return new ChatResponse(List.of(new Generation(new AssistantMessage("answered"))));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return options;
  }

  /** What Spring AI 1.1 calls it. */
  @Override
  @SuppressWarnings("removal") // it is what 1.1 has
  public ChatOptions getDefaultOptions() {
    return options;
  }
}
