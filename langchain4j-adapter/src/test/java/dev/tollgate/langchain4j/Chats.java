package dev.tollgate.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The same chat with an agent, at once or as a stream. */
final class Chats {
  interface Assistant {
    Result<String> chat(String message);
  }

  interface Streaming {
    TokenStream chat(String message);
  }

  private Chats() {}

  static String ask(boolean streamed, ScriptedModel model, Object... tools) {
    return ask(streamed, false, model, tools);
  }

  static String ask(boolean streamed, boolean concurrently, ScriptedModel model, Object... tools) {
    if (streamed) {
      return answer(stream(concurrently, model, tools));
    }
    AiServices<Assistant> service =
        AiServices.builder(Assistant.class).chatModel(model).tools(tools);
    if (concurrently) {
      service.executeToolsConcurrently();
    }
    return String.valueOf(service.build().chat("go").content());
  }

  static TokenStream stream(boolean concurrently, ScriptedModel model, Object... tools) {
    AiServices<Streaming> service =
        AiServices.builder(Streaming.class).streamingChatModel(model.streaming()).tools(tools);
    if (concurrently) {
      service.executeToolsConcurrently();
    }
    return service.build().chat("go");
  }

  static String answer(TokenStream stream) {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    stream
        .onPartialResponse(text -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    return done.orTimeout(20, TimeUnit.SECONDS).join().aiMessage().text();
  }
}
