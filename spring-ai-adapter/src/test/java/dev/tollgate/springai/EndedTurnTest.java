package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** What something keeps of a turn, or has under way when it ends, does not begin any more. */
@Timeout(60)
class EndedTurnTest {
  private final RecordingTool pay = RecordingTool.of("pay");
  private final Application app = Waiting.application("pay");

  /** A manager of the application, which sees the callback of each turn before its tool runs. */
  private record Seeing(ToolCallingManager plain, Consumer<ToolCallback> pay)
      implements ToolCallingManager {
    Seeing(Consumer<ToolCallback> pay) {
      this(ToolCallingManager.builder().build(), pay);
    }

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return plain.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      var options = (ToolCallingChatOptions) requireNonNull(prompt.getOptions());
      for (ToolCallback callback : requireNonNull(options.getToolCallbacks())) {
        if (callback.getToolDefinition().name().equals("pay")) {
          pay.accept(callback);
        }
      }
      return plain.executeToolCalls(prompt, response);
    }
  }

  private List<String> reasons() {
    return app.audit.records(AuditRecord.Decided.class).stream()
        .map(AuditRecord.Decided::reason)
        .toList();
  }

  /** Asked about it, the gate would find the yes and use it up for a call that cannot run. */
  @Test
  void a_call_that_comes_after_the_end_does_not_use_an_approval_up() {
    List<ToolCallback> kept = new ArrayList<>();
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .withBean(ToolCallingManager.class, () -> new Seeing(kept::add))
        .run(
            context -> {
              app.audit.entries().clear(); // the probe's
              assertThat(Waiting.ask(false, context, pay)).contains("approval_required");
              String id = Waiting.approved(context);
              int asked = app.policy.asked().size();

              assertThat(kept).hasSize(1);
              assertThat(kept.get(0).call("{}")).contains("run_ended");
              assertThat(app.policy.asked()).hasSize(asked);
              assertThat(pay.runs()).isEmpty();
              assertThat(reasons()).containsExactly("approval_required", "run_ended");
              assertThat(app.audit.records(AuditRecord.ApprovalUsed.class)).isEmpty();

              assertThat(Waiting.resume(context, id, pay)).isEqualTo("pay ran");
              assertThat(pay.runs()).hasSize(1);
            });
  }

  @Test
  void an_approval_that_comes_after_the_end_runs_nothing_and_is_still_good() {
    CountDownLatch filed = new CountDownLatch(1);
    List<CompletableFuture<String>> held = new ArrayList<>();
    Seeing impatient =
        new Seeing(
            callback -> {
              held.add(CompletableFuture.supplyAsync(() -> callback.call("{}")));
              await(filed);
              throw new IllegalStateException("the turn ends here");
            });
    ToolGate gate = Waiting.gate(app).approvalListener(asked -> filed.countDown()).build();
    app.with(TurnsModel.of(tool("pay")), gate)
        .withPropertyValues("tollgate.approval.wait=30s")
        .withBean(ToolCallingManager.class, () -> impatient)
        .run(
            context -> {
              assertThatThrownBy(() -> Waiting.ask(false, context, pay))
                  .hasMessage("the turn ends here");
              String id = Waiting.approved(context);

              assertThat(held).hasSize(1);
              assertThat(held.get(0).get(20, TimeUnit.SECONDS)).contains("run_ended");
              assertThat(pay.runs()).isEmpty();
              assertThat(app.audit.records(AuditRecord.ApprovalUsed.class)).isEmpty();

              assertThat(Waiting.resume(context, id, pay)).isEqualTo("pay ran");
              assertThat(pay.runs()).hasSize(1);
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
