package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.tollgate.task.Caller;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever thread a tool runs on, it belongs to the task of its invocation. */
@Timeout(30)
class ThreadsTest {
  interface Assistant {
    String chat(String message);
  }

  interface Streaming {
    TokenStream chat(String message);
  }

  private final Office office = new Office();

  private static String wait(TokenStream stream) throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    stream
        .onPartialResponse(text -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    return done.get(20, TimeUnit.SECONDS).aiMessage().text();
  }

  private static ScriptedModel threeCalls() {
    return ScriptedModel.plays(
        asks(
            call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}"),
            call("2", "delete", "{\"file\":\"a\"}"),
            call("3", "made-up", "{}")),
        AiMessage.from("done"));
  }

  private void assertThreeCalls(Gated gated, ScriptedModel model) {
    assertThat(office.ran).containsExactly("send bob: x");
    assertThat(model.results())
        .extracting(ToolExecutionResultMessage::isError)
        .containsExactly(false, true, true);
    assertThat(gated.reasons()).containsExactlyInAnyOrder("", "policy_forbidden", "tool_unknown");
    assertThat(gated.proposed()).hasSize(3).allMatch(p -> p.subject().equals("carol"));
    assertThat(gated.proposed()).allMatch(p -> p.agent().matches("Assistant|Streaming"));
    assertThat(gated.spans())
        .containsExactlyInAnyOrder(
            "execute_tool send", "execute_tool delete", "execute_tool (unknown)");
  }

  @Test
  void streams() throws Exception {
    try (Gated gated = Gated.denying("delete")) {
      ScriptedModel model = threeCalls();
      Streaming assistant =
          AiServices.builder(Streaming.class)
              .streamingChatModel(model.streaming())
              .tools(office)
              .build();
      TokenStream stream;
      try (Scope scope = Caller.of("acme", "carol").open()) {
        stream = assistant.chat("go");
      }
      assertThat(wait(stream)).isEqualTo("done");
      assertThreeCalls(gated, model);
    }
  }

  @Test
  void streamsAndRunsToolsAtOnce() throws Exception {
    try (Gated gated = Gated.denying("delete")) {
      ScriptedModel model = threeCalls();
      Streaming assistant =
          AiServices.builder(Streaming.class)
              .streamingChatModel(model.streaming())
              .executeToolsConcurrently()
              .tools(office)
              .build();
      TokenStream stream;
      try (Scope scope = Caller.of("acme", "carol").open()) {
        stream = assistant.chat("go");
      }
      assertThat(wait(stream)).isEqualTo("done");
      assertThreeCalls(gated, model);
    }
  }

  @Test
  void runsToolsAtOnce() {
    try (Gated gated = Gated.denying("delete");
        Scope scope = Caller.of("acme", "carol").open()) {
      ScriptedModel model = threeCalls();
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .executeToolsConcurrently()
          .tools(office)
          .build()
          .chat("go");
      assertThreeCalls(gated, model);
    }
  }

  @Test
  void reallyRunsThemAtTheSameTime() {
    try (Gated gated = Gated.permitting()) {
      CountDownLatch both = new CountDownLatch(2);
      Object meeting =
          new Object() {
            @dev.langchain4j.agent.tool.Tool
            @SuppressWarnings("unused")
            String meet(String name) throws InterruptedException {
              both.countDown();
              return both.await(10, TimeUnit.SECONDS) ? "met" : "alone";
            }
          };
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "meet", "{\"name\":\"a\"}"), call("2", "meet", "{\"name\":\"b\"}")),
              AiMessage.from("done"));
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .executeToolsConcurrently()
          .tools(meeting)
          .build()
          .chat("go");
      assertThat(model.results())
          .extracting(ToolExecutionResultMessage::text)
          .containsExactly("met", "met");
      assertThat(gated.outcomes()).containsExactly("returned", "returned");
    }
  }

  @Test
  void keepsConversationsApart() throws Exception {
    int many = 8;
    ExecutorService pool = Executors.newFixedThreadPool(many);
    try (Gated gated = Gated.permitting()) {
      CyclicBarrier together = new CyclicBarrier(many);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        String user = "user" + i;
        running.add(
            pool.submit(
                () -> {
                  together.await();
                  try (Scope scope = Caller.of("acme", user).open()) {
                    return AiServices.builder(Assistant.class)
                        .chatModel(
                            ScriptedModel.calls("send", "{\"to\":\"" + user + "\",\"text\":\"x\"}"))
                        .tools(office)
                        .build()
                        .chat("write to " + user);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get(20, TimeUnit.SECONDS);
      }
      assertThat(gated.asked()).hasSize(many);
      assertThat(gated.asked())
          .allSatisfy(
              asked -> {
                String subject = java.util.Objects.requireNonNull(asked.task().caller()).subject();
                assertThat(asked.task().intent().text()).isEqualTo("write to " + subject);
                assertThat(asked.arguments().toString()).isNotNull();
              });
      assertThat(gated.asked().stream().map(asked -> asked.task().id()).distinct()).hasSize(many);
    } finally {
      pool.shutdownNow();
    }
  }
}
