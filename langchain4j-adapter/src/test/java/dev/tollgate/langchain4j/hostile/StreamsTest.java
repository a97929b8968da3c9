package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.tollgate.langchain4j.hostile.Puppet.Streamed;
import dev.tollgate.testkit.BesiegedGate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that call back twice, from several threads, after the end, or break off. */
@Tag("woven")
@Timeout(60)
class StreamsTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();

  private String play(
      Siege siege,
      boolean concurrently,
      CountDownLatch over,
      BiConsumer<ChatResponse, StreamingChatResponseHandler> how) {
    Puppet model = Puppet.asks(Puppet.call("1", READ), Puppet.call("2", PAY));
    AiServices<Streamed> service =
        AiServices.builder(Streamed.class)
            .streamingChatModel(model.streamed(how))
            .tools(siege.tools(READ, PAY));
    if (concurrently) {
      service.executeToolsConcurrently(pool);
    }
    String outcome = Puppet.outcome(service.build().chat("go")).join();
    await(over); // the attack itself
    model.ends();
    return outcome;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResponseThatCompletesTwiceRunsNothingUndecided(boolean concurrently) {
    try (Siege siege = new Siege()) {
      CountDownLatch twice = new CountDownLatch(1);
      assertThat(
              play(
                  siege,
                  concurrently,
                  twice,
                  (response, handler) -> {
                    try {
                      Puppet.announce(response, handler);
                      handler.onCompleteResponse(response);
                      handler.onCompleteResponse(response);
                    } finally {
                      twice.countDown();
                    }
                  }))
          .isIn("done", "failed");
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).doesNotContain(PAY);
      Puppet.ends(pool);
      siege.holds();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsThatComeAfterTheRunHasEndedAreDenied(boolean concurrently) {
    try (Siege siege = new Siege()) {
      StreamingChatResponseHandler[] kept = new StreamingChatResponseHandler[1];
      ChatResponse[] asked = new ChatResponse[1];
      assertThat(
              play(
                  siege,
                  concurrently,
                  new CountDownLatch(0),
                  (response, handler) -> {
                    if (response.aiMessage().hasToolExecutionRequests()) {
                      kept[0] = handler;
                      asked[0] = response;
                    }
                    Puppet.announce(response, handler);
                    handler.onCompleteResponse(response);
                  }))
          .isEqualTo("done");
      assertThat(siege.bodies).hasSize(1);
      Puppet.announce(asked[0], kept[0]);
      kept[0].onCompleteResponse(asked[0]);
      assertThat(siege.bodies).hasSize(1);
      assertThat(siege.refused()).contains("task_missing");
      Puppet.ends(pool);
      siege.holds();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callbacksFromManyThreadsAtOnceRunNothingUndecided(boolean concurrently) {
    try (Siege siege = new Siege()) {
      CountDownLatch all = new CountDownLatch(4);
      assertThat(
              play(
                  siege,
                  concurrently,
                  all,
                  (response, handler) -> {
                    if (!response.aiMessage().hasToolExecutionRequests()) {
                      handler.onCompleteResponse(response);
                      return;
                    }
                    for (int i = 0; i < 4; i++) {
                      new Thread(
                              () -> {
                                try {
                                  Puppet.announce(response, handler);
                                  handler.onCompleteResponse(response);
                                } catch (RuntimeException e) {
                                  handler.onError(e);
                                } finally {
                                  all.countDown();
                                }
                              })
                          .start();
                    }
                  }))
          .isIn("done", "failed");
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).doesNotContain(PAY);
      Puppet.ends(pool);
      siege.holds();
    }
  }

  /** Announced calls have begun when the stream breaks; what comes later does not begin. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamThatBreaksOffInTheMiddleRunsNothingUndecided(boolean concurrently) {
    try (Siege siege = new Siege()) {
      CountDownLatch over = new CountDownLatch(1);
      assertThat(
              play(
                  siege,
                  concurrently,
                  over,
                  (response, handler) -> {
                    Puppet.announce(response, handler);
                    handler.onError(new IllegalStateException("cut"));
                    handler.onCompleteResponse(response);
                    over.countDown();
                  }))
          .isEqualTo("failed");
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).doesNotContain(PAY);
      Puppet.ends(pool);
      siege.holds();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
