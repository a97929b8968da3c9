package dev.tollgate.springai.coverage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Runs the tools that a model asks for, as the models of Spring AI 1.1 do themselves. */
final class ActingModel implements ChatModel {
  private final ChatModel model;
  private final ToolCallingManager manager;

  ActingModel(ChatModel model, ToolCallingManager manager) {
    this.model = model;
    this.manager = manager;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    ChatResponse response = model.call(prompt);
    return acts(prompt, response) ? call(next(prompt, response)) : response;
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return model.stream(prompt)
        .flatMap(
            response ->
                acts(prompt, response)
                    ? Flux.deferContextual(
                            context -> {
                              ToolCallReactiveContextHolder.setContext(context);
                              try {
                                return stream(next(prompt, response));
                              } finally {
                                ToolCallReactiveContextHolder.clearContext();
                              }
                            })
                        .subscribeOn(Schedulers.boundedElastic())
                    : Flux.just(response));
  }

  private Prompt next(Prompt prompt, ChatResponse response) {
    ToolExecutionResult result = manager.executeToolCalls(prompt, response);
    return new Prompt(List.copyOf(result.conversationHistory()), prompt.getOptions());
  }

  /** Not where an advisor has said that it does that. */
  private static boolean acts(Prompt prompt, ChatResponse response) {
    return response.hasToolCalls() && internally(prompt.getOptions());
  }

  private static boolean internally(@Nullable ChatOptions options) {
    if (options == null) {
      return true;
    }
    try {
      Object said = options.getClass().getMethod("getInternalToolExecutionEnabled").invoke(options);
      return !Boolean.FALSE.equals(said);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("options of another line", e);
    }
  }

  @Override
  @SuppressWarnings("removal")
  public ChatOptions getDefaultOptions() {
    return model.getDefaultOptions();
  }
}
