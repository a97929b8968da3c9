package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.springai.woven.DiggingMethods;
import dev.tollgate.springai.woven.HandTool;
import dev.tollgate.springai.woven.OverloadedMethods;
import dev.tollgate.springai.woven.RewritingTool;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.ScriptedPolicy;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.method.MethodToolCallback;

/** What a tool does under its own name beyond what was decided is another call. */
@Tag("woven")
class WovenStepsTest {
  private static final boolean WOVEN = Boolean.getBoolean("woven");
  private static final String ETC = "{\"path\":\"/etc\"}";
  private final DiggingMethods methods = new DiggingMethods();

  /** Nobody is to get at /etc. */
  private final Application app =
      new Application(
          ScriptedPolicy.of(
              request -> {
                Basis basis = new Basis("scripted", "r1", List.of());
                return CanonicalJson.text(request.arguments()).equals(ETC)
                    ? new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN)
                    : Decision.permit(basis);
              }));

  private void asked(String name, Object tool, String unwoven) {
    app.with(ScriptedModel.asking(tool("1", name, "{\"path\":\"notes\"}")))
        .run(
            context ->
                assertThat(ask(context, "read it", tool))
                    .contains(WOVEN ? "policy_forbidden" : unwoven));
  }

  @Test
  void a_callback_that_calls_itself_with_other_arguments_is_decided_on_again() {
    RewritingTool read = new RewritingTool(ETC);
    asked("read", read, "read " + ETC);
    assertThat(read.runs()).hasSize(WOVEN ? 0 : 1);
  }

  /** Spring AI's own callbacks do this with the same arguments. */
  @Test
  void with_the_same_arguments_it_is_the_same_call() {
    RewritingTool read = new RewritingTool("{ }");
    app.with(ScriptedModel.asking(tool("read")))
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(ask(context, "read it", read)).isEqualTo("read { }");
              assertThat(app.policy.asked()).hasSize(1);
            });
  }

  @Test
  void a_method_that_calls_itself_is_decided_on_again() {
    asked("dig", methods, "dug /etc");
    assertThat(methods.runs()).first().isEqualTo("notes");
    assertThat(methods.runs()).hasSize(WOVEN ? 1 : 2);
  }

  @Test
  void a_method_that_calls_another_of_its_name_is_decided_on_again() throws Exception {
    OverloadedMethods overloaded = new OverloadedMethods();
    ToolCallback dig =
        MethodToolCallback.builder()
            .toolDefinition(new DefaultToolDefinition("dig", "Digs.", "{\"type\":\"object\"}"))
            .toolMethod(OverloadedMethods.class.getMethod("dig", String.class))
            .toolObject(overloaded)
            .build();
    app.with(ScriptedModel.asking(tool("1", "dig", "{\"path\":\"notes\"}")))
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(ask(context, "dig", dig)).contains("dug 3");
              assertThat(overloaded.runs()).containsExactly("notes3");
              assertThat(app.policy.asked())
                  .extracting(calls -> CanonicalJson.text(calls.get(0).arguments()))
                  .hasSize(WOVEN ? 2 : 1)
                  .startsWith("{\"path\":\"notes\"}");
            });
  }

  @Test
  void a_function_that_calls_a_method_of_its_own_name_is_decided_on_again() {
    ToolCallback function =
        FunctionToolCallback.builder("dig", (Map<?, ?> given) -> methods.dig("/etc"))
            .inputType(Map.class)
            .build();
    asked("dig", function, "dug /etc");
    assertThat(methods.runs()).hasSize(WOVEN ? 0 : 1);
  }

  /** Nobody could say what was decided on. */
  @Test
  void arguments_that_cannot_be_written_down_are_denied() {
    Map<String, Object> endless = new HashMap<>();
    endless.put("again", endless);
    app.with(ScriptedModel.asking())
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              try (Scope task = gate.startTask(Intent.human("go"), null, null, null).open()) {
                if (WOVEN) {
                  assertThatThrownBy(() -> methods.bury(endless))
                      .isInstanceOf(ToolDeniedException.class)
                      .hasMessageContaining("arguments_");
                } else {
                  assertThat(methods.bury(endless)).isEqualTo("buried");
                }
              }
            });
    assertThat(methods.runs()).hasSize(WOVEN ? 0 : 1);
  }

  /** It is to run without a gate; who has one keeps it. */
  @Test
  void a_context_that_is_switched_off_opens_no_other_ones_gate() {
    HandTool read = HandTool.of("read");
    ChatModel model = ScriptedModel.asking(tool("read"));
    Application denies = Application.denying("read");
    denies
        .with(model)
        .run(
            context ->
                Application.bare()
                    .withBean(ChatModel.class, () -> model)
                    .withPropertyValues("tollgate.enabled=false")
                    .run(
                        off -> {
                          assertThat(off).hasNotFailed();
                          ToolGate gate = context.getBean(ToolGate.class);
                          try (Scope task =
                              gate.startTask(Intent.human("go"), null, null, null).open()) {
                            assertThat(read.call("{}"))
                                .contains(WOVEN ? "policy_forbidden" : "read ran");
                          }
                        }));
    assertThat(read.runs()).hasSize(WOVEN ? 0 : 1);
  }

  @Test
  void no_tool_is_added_to_a_server_where_there_is_no_gate_to_ask_or_more_than_one() {
    Object tool = new Object();
    assertThatThrownBy(() -> WovenServers.guard(tool)).isInstanceOf(IllegalStateException.class);
    ChatModel model = ScriptedModel.asking();
    Application.permitting()
        .with(model)
        .run(
            first ->
                Application.permitting()
                    .with(model)
                    .run(
                        second ->
                            assertThatThrownBy(() -> WovenServers.guard(tool))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("only one in this process")));
  }
}
