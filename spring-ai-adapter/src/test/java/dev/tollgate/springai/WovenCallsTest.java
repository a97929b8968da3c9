package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.springai.woven.HandTool;
import dev.tollgate.task.Intent;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.context.ApplicationContext;

/** The paths that no bean is on: woven, each is decided on, once; unwoven, they escape. */
@Tag("woven")
class WovenCallsTest {
  private static final boolean WOVEN = Boolean.getBoolean("woven");
  private final HandTool read = HandTool.of("read");
  private final ScriptedModel model = ScriptedModel.asking(tool("read"));

  private static String inTask(ApplicationContext context, Supplier<String> work) {
    ToolGate gate = context.getBean(ToolGate.class);
    try (Scope asked = gate.startTask(Intent.human("read it"), null, null, null).open()) {
      return work.get();
    }
  }

  /** The same way through an application that permits, one that denies, and without a task. */
  private void decidedWhereWoven(Function<ApplicationContext, String> way, boolean makesTask) {
    if (WOVEN) {
      decidedOnce(way, makesTask);
    } else {
      escapes(way);
    }
  }

  private void escapes(Function<ApplicationContext, String> way) {
    Application denies = Application.denying("read");
    denies
        .with(model)
        .run(
            context -> {
              assertThat(way.apply(context)).contains("read ran");
              assertThat(read.runs()).hasSize(1);
              assertThat(denies.policy.asked()).isEmpty();
            });
    read.runs().clear();
  }

  private void decidedOnce(Function<ApplicationContext, String> way, boolean makesTask) {
    Application permits = Application.permitting();
    permits
        .with(model)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              permits.policy.asked().clear();
              assertThat(inTask(context, () -> way.apply(context))).contains("read ran");
              assertThat(read.runs()).hasSize(1);
              assertThat(permits.policy.asked()).hasSize(1);
            });
    read.runs().clear();
    Application denies = Application.denying("read");
    denies
        .with(model)
        .run(
            context -> {
              denies.policy.asked().clear();
              assertThat(inTask(context, () -> way.apply(context))).contains("policy_forbidden");
              assertThat(denies.policy.asked()).hasSize(1);
              if (!makesTask) {
                assertThat(way.apply(context)).contains("task_missing");
              }
              assertThat(read.runs()).isEmpty();
            });
  }

  private String asked(ChatClient client) {
    return String.valueOf(client.prompt().user("read it").tools(read).call().content());
  }

  @Test
  void a_client_made_by_hand_is_decided_on() {
    decidedWhereWoven(context -> asked(ChatClient.create(model)), true);
  }

  @Test
  void a_client_made_by_hand_captures_what_it_is_asked_as_an_event_once() {
    Application app = Application.permitting();
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              ChatClient client = ChatClient.create(model).mutate().build();
              assertThat(asked(client)).isEqualTo("read ran");
              assertThat(app.policy.asked())
                  .extracting(calls -> calls.get(0).task().intent())
                  .isEqualTo(
                      WOVEN ? List.of(new Intent(Intent.Source.EVENT, "read it")) : List.of());
              app.policy.asked().clear();
              assertThat(ask(context, "read it", read)).isEqualTo("read ran");
              assertThat(app.policy.asked().get(0).get(0).task().intent().source())
                  .isEqualTo(Intent.Source.HUMAN);
            });
  }

  @Test
  void a_stream_of_a_client_made_by_hand_is_decided_on() {
    decidedWhereWoven(
        context ->
            String.join(
                "",
                ChatClient.create(model).prompt().user("read it").tools(read).stream()
                    .content()
                    .collectList()
                    .block()),
        true);
  }

  @Test
  void an_advisor_with_a_manager_of_its_own_is_decided_on() {
    decidedWhereWoven(
        context ->
            asked(
                ChatClient.builder(model)
                    .defaultAdvisors(ToolCallingAdvisor.builder().build())
                    .build()),
        true);
  }

  @Test
  void a_manager_made_by_hand_is_decided_on() {
    decidedWhereWoven(
        context -> Turns.of(ToolCallingManager.builder().build(), tool("read"), read), false);
  }

  @Test
  void a_callback_called_by_hand_is_decided_on() {
    decidedWhereWoven(context -> read.call("{}"), false);
    decidedWhereWoven(context -> read.call("{}", null), false);
  }

  @Test
  void a_function_called_by_hand_is_decided_on() {
    ToolCallback function =
        FunctionToolCallback.builder("read", (Object ignored) -> read.body("{}"))
            .inputType(Object.class)
            .build();
    decidedWhereWoven(context -> function.call("{}"), false);
  }

  /** What a model says besides. */
  public record Why(String why) {}

  @Test
  void an_augmented_callback_and_what_it_was_made_of_are_one_call() {
    ToolCallback augmented = new AugmentedToolCallback<>(read, Why.class, event -> {}, true);
    decidedWhereWoven(context -> augmented.call("{\"why\":\"to know\"}"), false);
  }

  @Test
  void with_all_layers_a_call_is_decided_on_once() {
    decidedOnce(context -> ask(context, "read it", read), true);
  }

  @Test
  void what_a_tool_calls_is_a_call_of_its_own() {
    HandTool inner = HandTool.of("inner");
    HandTool outer = new HandTool("read", inner::call);
    Application app = Application.denying("inner");
    app.with(model)
        .run(
            context -> {
              assertThat(ask(context, "read it", outer))
                  .contains(WOVEN ? "policy_forbidden" : "inner ran");
              assertThat(inner.runs()).hasSize(WOVEN ? 0 : 1);
            });
  }

  @Test
  void other_arguments_for_a_tool_of_the_same_name_are_another_call() {
    HandTool outer = new HandTool("read", arguments -> read.call("{\"path\":\"/etc\"}"));
    Application app = Application.permitting();
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(ask(context, "read it", outer)).isEqualTo("read ran");
              assertThat(app.policy.asked()).hasSize(WOVEN ? 2 : 1);
            });
  }

  @Test
  void without_a_gate_everything_is_denied_where_it_is_woven() {
    String answer = WOVEN ? "gate_missing" : "read ran";
    assertThat(read.call("{}")).contains(answer);
    assertThat(asked(ChatClient.create(model))).contains(answer);
    assertThat(read.runs()).hasSize(WOVEN ? 0 : 2);
  }

  @Test
  void with_two_gates_nobody_knows_whose_call_it_is() {
    Application.permitting()
        .with(model)
        .run(
            first ->
                Application.permitting()
                    .with(model)
                    .run(
                        second -> {
                          assertThat(inTask(first, () -> read.call("{}")))
                              .contains(WOVEN ? "gate_missing" : "read ran");
                          assertThat(ask(second, "read it", read)).isEqualTo("read ran");
                        }));
  }

  @Test
  void switched_off_nothing_is_guarded() {
    Application.bare()
        .withBean(ChatModel.class, () -> model)
        .withPropertyValues("tollgate.enabled=false")
        .run(
            context -> {
              assertThat(read.call("{}")).isEqualTo("read ran");
              assertThat(asked(ChatClient.create(model))).isEqualTo("read ran");
            });
  }
}
