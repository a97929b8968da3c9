package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A user's talk with an AI service, at once or as a stream. */
final class Talk {
  /** Answers at once. */
  interface Assistant {
    Result<String> chat(String message);
  }

  /** Answers bit by bit. */
  interface Streaming {
    TokenStream chat(String message);
  }

  private Talk() {}

  /** With the tools that {@code setup} gives it. */
  static void with(boolean streamed, Script script, Consumer<AiServices<?>> setup) {
    if (streamed) {
      AiServices<Streaming> service =
          AiServices.builder(Streaming.class).streamingChatModel(script.streaming());
      setup.accept(service);
      waitFor(service.build().chat("go"));
    } else {
      AiServices<Assistant> service = AiServices.builder(Assistant.class).chatModel(script);
      setup.accept(service);
      service.build().chat("go");
    }
  }

  static void waitFor(TokenStream stream) {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    stream
        .onPartialResponse(text -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    done.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
