package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * What people decided in Spring AI's own way can only take away from what the gate permits.
 *
 * <p>Spring AI 2.1, which has that, could not be had when this was written. {@link Confirming} and
 * {@link Api} are stand-ins of the shape that its documentation describes, a method with a third
 * parameter; they are not the real thing.
 */
@Timeout(60)
class NativeDecisionsTest {
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool pay = RecordingTool.of("pay");

  record Decision(String id, boolean allow) {}

  /** A stand-in: runs what people allow, and answers for what they do not. */
  public static final class Confirming implements ToolCallingManager {
    private final ToolCallingManager spring = ToolCallingManager.builder().build();

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return spring.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      throw new IllegalStateException("needs confirmation");
    }

    public ToolExecutionResult executeToolCalls(
        Prompt prompt, ChatResponse response, List<?> decisions) {
      List<AssistantMessage.ToolCall> allowed = new ArrayList<>();
      for (AssistantMessage.ToolCall call :
          response.getResults().get(0).getOutput().getToolCalls()) {
        if (decisions.contains(new Decision(call.id(), true))) {
          allowed.add(call);
        }
      }
      return spring.executeToolCalls(prompt, ScriptedModel.asking(allowed));
    }
  }

  interface Api extends ToolCallingManager {
    default ToolExecutionResult executeToolCalls(
        Prompt prompt, ChatResponse response, Set<?> decisions) {
      return executeToolCalls(prompt, response);
    }

    default ToolExecutionResult executeToolCalls(
        Prompt prompt, ChatResponse response, List<?> decisions) {
      return executeToolCalls(prompt, response);
    }
  }

  private Prompt prompt() {
    return new Prompt(
        List.of(new UserMessage("go")),
        ToolCallingChatOptions.builder().toolCallbacks(List.<ToolCallback>of(read, pay)).build());
  }

  @Test
  void an_allow_permits_nothing_and_a_refusal_takes_away() {
    Application app = Application.denying("pay");
    app.with(TurnsModel.turns(List.of()))
        .withBean(Confirming.class)
        .withPropertyValues("tollgate.strict=report") // it fails on the probe call too
        .run(
            context -> {
              app.audit.entries().clear();
              var manager = (GuardedToolCallingManager) context.getBean(ToolCallingManager.class);
              ChatResponse response =
                  ScriptedModel.asking(
                      List.of(
                          tool("1", "read", "{}"),
                          tool("2", "read", "{\"n\":2}"),
                          tool("3", "pay", "{}")));
              Task task =
                  context
                      .getBean(dev.tollgate.ToolGate.class)
                      .startTask(Intent.human("go"), null, null, null);
              try (Scope here = CarriedTask.put(task)) {
                ToolExecutionResult result =
                    manager.executeToolCalls(
                        prompt(),
                        response,
                        List.of(new Decision("1", true), new Decision("3", true)));
                ToolResponseMessage last =
                    (ToolResponseMessage)
                        result.conversationHistory().get(result.conversationHistory().size() - 1);
                assertThat(last.getResponses())
                    .extracting(ToolResponseMessage.ToolResponse::responseData)
                    .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("read ran"),
                        one -> assertThat(one).contains("policy_forbidden"));
              }
              assertThat(read.runs()).hasSize(1);
              assertThat(pay.runs()).isEmpty();
              assertThat(app.audit.records(AuditRecord.Refused.class))
                  .extracting(refused -> refused.reason().code())
                  .containsExactly("run_ended");
            });
  }

  @Test
  void a_manager_that_cannot_take_decisions_runs_nothing() {
    Application.permitting()
        .with(TurnsModel.turns(List.of()))
        .run(
            context -> {
              var manager = (GuardedToolCallingManager) context.getBean(ToolCallingManager.class);
              ChatResponse response = ScriptedModel.asking(List.of(tool("read")));
              assertThatThrownBy(
                      () -> manager.executeToolCalls(prompt(), response, Map.of("1", "allow")))
                  .isInstanceOf(UnsupportedOperationException.class);
              assertThat(read.runs()).isEmpty();
            });
  }

  @Test
  void a_way_to_execute_that_the_guard_does_not_know_is_reported() {
    assertThat(ManagerMethods.here().paths()).isEmpty();
    assertThat(ManagerMethods.of(Api.class).paths())
        .extracting(CoveredPath::path)
        .containsExactly("ToolCallingManager.executeToolCalls(Prompt, ChatResponse, Set)");
  }
}
