package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.listener.AiServiceResponseReceivedListener;
import dev.langchain4j.service.AiServices;
import dev.tollgate.audit.AuditRecord;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that begin while the model still writes the next one, in more than one response. */
@Timeout(60)
class EarlyCallsTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Semaphore answered = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  /** The first of three begins at once, the others when the response is complete. */
  private void run(Runnable call) {
    boolean early = begun.getAndIncrement() % 3 == 0;
    if (early) {
      call.run();
    } else {
      pool.execute(
          () -> {
            answered.acquireUninterruptibly();
            call.run();
          });
    }
  }

  private static AiMessage three(String response) {
    return asks(
        call(response + "1", "delete", "{\"file\":\"" + response + "1\"}"),
        call(response + "2", "delete", "{\"file\":\"" + response + "2\"}"),
        call(response + "3", "delete", "{\"file\":\"" + response + "3\"}"));
  }

  @Test
  void eachIsDecidedOnOnce() {
    Office office = new Office();
    try (Gated gated = Gated.permitting()) {
      Executor executor = this::run;
      var stream =
          AiServices.builder(Chats.Streaming.class)
              .streamingChatModel(
                  ScriptedModel.plays(three("a"), three("b"), AiMessage.from("done")).streaming())
              .tools(office)
              .executeToolsConcurrently(executor)
              .registerListener(
                  new AiServiceResponseReceivedListener() {
                    @Override
                    public void onEvent(AiServiceResponseReceivedEvent event) {
                      answered.release(2);
                    }
                  })
              .build()
              .chat("go");
      assertThat(Chats.answer(stream)).isEqualTo("done");
      assertThat(gated.reasons()).containsOnly("");
      assertThat(office.ran).hasSize(6);
      assertThat(gated.proposed()).hasSize(6);
      assertThat(gated.audit.records(AuditRecord.Refused.class)).isEmpty();
    }
  }
}
