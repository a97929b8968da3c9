package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.Approver;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.ScriptedPolicy;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run of an agent has under way when it ends does not begin any more. */
@Timeout(60)
class EndedRunTest {
  private static final ToolExecutionRequest SEND =
      call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}");
  private static final ToolExecutionRequest OTHER =
      call("2", "send", "{\"to\":\"eve\",\"text\":\"x\"}");
  private static final ToolExecutionRequest DELETE = call("3", "delete", "{\"file\":\"a\"}");
  private final Office office = new Office();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private static AdapterSettings settings(Denied denied, Duration wait) {
    return new AdapterSettings(Strictness.TRUE, denied, wait, true);
  }

  private Chats.Assistant assistant(Executor executor, ScriptedModel model, Object... tools) {
    return AiServices.builder(Chats.Assistant.class)
        .chatModel(model)
        .tools(tools)
        .executeToolsConcurrently(executor)
        .toolExecutionErrorHandler(
            (error, context) -> {
              throw new IllegalStateException("the run ends here");
            })
        .build();
  }

  private void counted(Runnable call) {
    pool.execute(
        () -> {
          call.run();
          ended.incrementAndGet();
        });
  }

  private void awaitEnded(int calls) throws InterruptedException {
    while (ended.get() < calls) {
      Thread.sleep(5);
    }
  }

  private static void awaitPending(Gated gated, int calls) throws InterruptedException {
    while (requireNonNull(gated.gate.approvals()).pending("acme").size() < calls) {
      Thread.sleep(5);
    }
  }

  /** A tool that fails when its sibling waits for a person. */
  record Failing(Gated gated) {
    @Tool
    String breakOff() throws InterruptedException {
      awaitPending(gated, 1);
      throw new IllegalArgumentException("no");
    }
  }

  @Test
  void anApprovalThatComesAfterTheEndRunsNothingAndIsStillGood() throws Exception {
    try (Gated gated =
        Gated.by(
            Waiting.policy("send"),
            settings(Denied.RESULT, Duration.ofSeconds(30)),
            Waiting::asked)) {
      ScriptedModel model = ScriptedModel.plays(asks(call("0", "breakOff", "{}"), SEND));
      Chats.Assistant assistant = assistant(this::counted, model, office, new Failing(gated));
      assertThatThrownBy(() -> assistant.chat("go")).hasMessage("the run ends here");
      String id = Waiting.approved(gated.gate);
      awaitEnded(2);
      assertThat(office.ran).isEmpty();
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, office)).isEqualTo("sent to bob");
      assertThat(office.ran).containsExactly("send bob: x");
    }
  }

  /** Asked about it, the gate would find the yes and use it up for a call that cannot run. */
  @Test
  void aCallThatComesAfterTheEndDoesNotUseItUp() {
    try (Gated gated = Gated.by(Waiting.policy("send"), Waiting::asked)) {
      Installation current = requireNonNull(TollgateLangChain4j.installation());
      AgentRun run = new AgentRun(gated.gate.startTask(Intent.human("go"), null, null, null));
      var service = (GuardedToolService) TollgateLangChain4j.contextFor(Object.class).toolService;
      service.tools(List.of(office));
      var send =
          (GatedExecutor)
              requireNonNull(
                  service
                      .createContext(
                          InvocationContext.builder().invocationId(UUID.randomUUID()).build(),
                          UserMessage.from("go"),
                          List.of())
                      .toolExecutors()
                      .get("send"));
      var late =
          new RequestedCall(current, run, true, send, SEND, args -> ToolResult.returned("x"));
      assertThat(late.pass(false)).isInstanceOf(ToolResult.Denied.class);
      String id = Waiting.approved(gated.gate);
      run.end(gated.gate);
      assertThat(late.pass(true)).isInstanceOf(ToolResult.Denied.class);
      assertThat(gated.reasons()).containsExactly("approval_required", "run_ended");
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, office)).isEqualTo("sent to bob");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void norDoesOneThatComesAfterAnotherCallsDenialHasEndedTheRun() throws Exception {
    try (Gated gated =
        Gated.by(
            Waiting.policy("send"),
            settings(Denied.ABORT, Duration.ofSeconds(30)),
            Waiting::asked)) {
      ScriptedModel model = ScriptedModel.plays(asks(SEND, OTHER));
      Chats.Assistant assistant = assistant(this::counted, model, office);
      var answer = CompletableFuture.supplyAsync(() -> assistant.chat("go"));
      awaitPending(gated, 2);
      var desk = requireNonNull(gated.gate.approvals());
      var unused =
          desk.reject(
              "acme", desk.pending("acme").get(0).id(), Approver.person("acme", "bob", null));
      awaitEnded(1);
      var approved = Waiting.approved(gated.gate);
      awaitEnded(2);
      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ToolDeniedException.class);
      assertThat(office.ran).isEmpty();
      assertThat(approved).isNotBlank();
    }
  }

  /** Whatever is between the end of a denied call's span and the end of its run. */
  private record Held(CountDownLatch denied, CountDownLatch sibling) implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      try {
        if (span.getName().contains("delete")) {
          denied.countDown();
          var unused = sibling.await(10, TimeUnit.SECONDS);
        } else if (span.getName().contains("send")) {
          sibling.countDown();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  @Test
  void aDeniedSiblingCountsFromItsDecisionOn() {
    Held held = new Held(new CountDownLatch(1), new CountDownLatch(1));
    try (Gated gated =
        Gated.by(
            ScriptedPolicy.denying("delete"),
            settings(Denied.ABORT, Duration.ZERO),
            gate ->
                gate.openTelemetry(
                    OpenTelemetrySdk.builder()
                        .setTracerProvider(
                            SdkTracerProvider.builder().addSpanProcessor(held).build())
                        .build()))) {
      AtomicInteger begun = new AtomicInteger();
      Executor oneAfterTheOther =
          call -> {
            boolean first = begun.getAndIncrement() == 0;
            pool.execute(
                () -> {
                  try {
                    if (first || held.denied.await(10, TimeUnit.SECONDS)) {
                      call.run();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
          };
      ScriptedModel model = ScriptedModel.plays(asks(DELETE, SEND));
      Chats.Assistant assistant = assistant(oneAfterTheOther, model, office);
      assertThatThrownBy(() -> assistant.chat("go")).isInstanceOf(ToolDeniedException.class);
      assertThat(gated.reasons()).containsExactly("policy_forbidden", "");
      assertThat(office.ran).isEmpty();
    }
  }

  /** A model whose stream breaks off while a call that it has written is decided on. */
  private record Broken(CountDownLatch deciding) implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      new Thread(
              () -> {
                handler.onCompleteToolCall(new CompleteToolCall(0, SEND));
                await(deciding);
                handler.onError(new IllegalStateException("the stream broke"));
              },
              "model")
          .start();
    }
  }

  @Test
  void whatWasStillBeingDecidedOnDoesNotBegin() throws Exception {
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ScriptedPolicy policy =
        ScriptedPolicy.of(
            request -> {
              if (request.tool().name().equals("send")) {
                deciding.countDown();
                await(over);
              }
              return Decision.permit(Basis.of("scripted"));
            });
    try (Gated gated = Gated.by(policy)) {
      var stream =
          AiServices.builder(Chats.Streaming.class)
              .streamingChatModel(new Broken(deciding))
              .tools(office)
              .executeToolsConcurrently(this::counted)
              .build()
              .chat("go");
      assertThatThrownBy(() -> Chats.answer(stream)).hasMessageContaining("the stream broke");
      over.countDown();
      awaitEnded(1);
      assertThat(office.ran).isEmpty();
      assertThat(gated.audit.records(AuditRecord.Refused.class))
          .extracting(refused -> refused.reason().code())
          .containsExactly("run_ended");
    }
  }
}
