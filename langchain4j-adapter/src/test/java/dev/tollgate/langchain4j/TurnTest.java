package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import dev.tollgate.audit.AuditRecord;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that a model proposes together are decided on together, before any of them runs. */
@Timeout(30)
class TurnTest {
  private static final ToolExecutionRequest SEND =
      call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}");
  private static final ToolExecutionRequest DELETE = call("2", "delete", "{\"file\":\"a\"}");
  private final Office office = new Office();

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false"})
  void asksThePolicyOnceForTheWholeTurnAndBeforeAnythingRuns(
      boolean streamed, boolean concurrently) {
    try (Gated gated = Gated.denying("delete")) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(SEND, DELETE, call("3", "made-up", "{}")), AiMessage.from("done"));
      assertThat(Chats.ask(streamed, concurrently, model, office)).isEqualTo("done");
      assertThat(gated.policy.asked()).hasSize(1);
      assertThat(gated.asked()).hasSize(2);
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.audit.entries().stream().map(e -> e.record().getClass().getSimpleName()))
          .containsSubsequence("Decided", "Decided", "Decided", "Dispatched");
      assertThat(model.results())
          .extracting(ToolExecutionResultMessage::id)
          .containsExactly("1", "2", "3");
      assertThat(gated.spans()).hasSize(3);
    }
  }

  @Test
  void aSingleCallIsDecidedWhenItComes() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.plays(asks(SEND), asks(DELETE), AiMessage.from("done"));
      assertThat(Chats.ask(false, model, office)).isEqualTo("done");
      assertThat(gated.policy.asked()).hasSize(2);
      assertThat(office.ran).containsExactly("send bob: x", "delete a");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalAndMissingIdsStillMeanOneDecisionForEachCall(boolean concurrently) {
    try (Gated gated = Gated.permitting()) {
      ToolExecutionRequest nameless =
          ToolExecutionRequest.builder().name("delete").arguments("{\"file\":\"a\"}").build();
      ToolExecutionRequest other =
          ToolExecutionRequest.builder().name("delete").arguments("{\"file\":\"b\"}").build();
      ScriptedModel model =
          ScriptedModel.plays(asks(nameless, nameless, other), AiMessage.from("done"));
      AiServices<Chats.Assistant> service =
          AiServices.builder(Chats.Assistant.class).chatModel(model).tools(office);
      if (concurrently) {
        // Of equal calls the framework waits for one only, and the run would end before the other.
        service.executeToolsConcurrently(Runnable::run);
      }
      assertThat(service.build().chat("go").content()).isEqualTo("done");
      assertThat(office.ran).containsExactlyInAnyOrder("delete a", "delete a", "delete b");
      assertThat(gated.audit.records(AuditRecord.Dispatched.class)).hasSize(3);
      assertThat(gated.callIds()).hasSize(3);
      assertThat(gated.policy.asked()).hasSize(1);
    }
  }

  @Test
  void whatTheFailureOfASiblingLeavesBehindEndsOnRecord() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.plays(asks(call("0", "fail", "{}"), SEND, DELETE));
      Chats.Assistant assistant =
          AiServices.builder(Chats.Assistant.class)
              .chatModel(model)
              .tools(office)
              .toolExecutionErrorHandler(
                  (error, context) -> {
                    throw new IllegalStateException("the run ends here");
                  })
              .build();
      assertThatThrownBy(() -> assistant.chat("go")).hasMessage("the run ends here");
      assertThat(office.ran).containsExactly("fail");
      assertThat(gated.audit.records(AuditRecord.Refused.class))
          .extracting(refused -> refused.reason().code())
          .containsExactly("run_ended", "run_ended");
      assertThat(gated.audit.records(AuditRecord.Dispatched.class)).hasSize(1);
    }
  }

  /** A tool that is still at work when its sibling has failed. */
  static final class Slow {
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);

    @Tool
    String work() throws InterruptedException {
      working.countDown();
      goOn.await();
      return "worked";
    }

    @Tool
    String fail() throws InterruptedException {
      working.await();
      throw new IllegalArgumentException("no");
    }
  }

  @Test
  void aSiblingThatStillRunsWhenTheRunHasFailedIsAbandoned() throws Exception {
    try (Gated gated = Gated.permitting()) {
      Slow slow = new Slow();
      ScriptedModel model =
          ScriptedModel.plays(asks(call("1", "fail", "{}"), call("2", "work", "{}")));
      ExecutorService pool = Executors.newFixedThreadPool(2);
      Chats.Assistant assistant =
          AiServices.builder(Chats.Assistant.class)
              .chatModel(model)
              .tools(slow)
              .executeToolsConcurrently(pool)
              .toolExecutionErrorHandler(
                  (error, context) -> {
                    throw new IllegalStateException("the run ends here");
                  })
              .build();
      assertThatThrownBy(() -> assistant.chat("go")).hasMessage("the run ends here");
      slow.goOn.countDown();
      pool.shutdown();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(gated.audit.records(AuditRecord.Outcome.class))
          .extracting(AuditRecord.Outcome::state)
          .containsExactlyInAnyOrder("failed", "revoked_in_flight");
    }
  }
}
