package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.springai.woven.HandMethods;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.ScriptedPolicy;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.context.ApplicationContext;

/** Tools that are methods: woven, each call is decided on; unwoven, Java's own escape. */
@Tag("woven")
class WovenMethodsTest {
  private static final boolean WOVEN = Boolean.getBoolean("woven");
  private final HandMethods tools = new HandMethods();
  private final ScriptedModel model =
      ScriptedModel.asking(tool("1", "read", "{\"path\":\"notes\"}"));
  private final Application app = Application.permitting();

  private static <T> T inTask(ApplicationContext context, Supplier<T> work) {
    ToolGate gate = context.getBean(ToolGate.class);
    try (Scope asked = gate.startTask(Intent.human("read it"), null, null, null).open()) {
      return work.get();
    }
  }

  private ToolCallback callback(String name) {
    for (ToolCallback one :
        MethodToolCallbackProvider.builder().toolObjects(tools).build().getToolCallbacks()) {
      if (one.getToolDefinition().name().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static String served(ToolCallback callback) {
    CallToolResult result =
        McpToolUtils.toStatelessSyncToolSpecification(callback, null)
            .callHandler()
            .apply(
                McpTransportContext.EMPTY,
                CallToolRequest.builder("read").arguments(Map.of("path", "notes")).build());
    return ((TextContent) result.content().get(0)).text();
  }

  @Test
  void java_code_that_calls_a_tool_method_is_decided_on_with_its_arguments() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(inTask(context, () -> tools.read("notes"))).isEqualTo("read ran");
              if (!WOVEN) {
                assertThat(app.policy.asked()).isEmpty();
                return;
              }
              assertThat(app.policy.asked()).hasSize(1);
              assertThat(CanonicalJson.text(app.policy.asked().get(0).get(0).arguments()))
                  .isEqualTo("{\"path\":\"notes\"}");
              assertThatThrownBy(() -> tools.read("notes"))
                  .isInstanceOf(ToolDeniedException.class)
                  .hasMessageContaining("task_missing");
              assertThat(tools.runs()).hasSize(1);
            });
  }

  @Test
  void a_tool_method_that_is_denied_does_not_run() {
    Application.denying("read", "serve")
        .with(model)
        .run(
            context -> {
              if (!WOVEN) {
                assertThat(inTask(context, () -> tools.read("notes"))).isEqualTo("read ran");
                return;
              }
              assertThatThrownBy(() -> inTask(context, () -> tools.read("notes")))
                  .isInstanceOf(ToolDeniedException.class)
                  .hasMessageContaining("policy_forbidden");
              assertThatThrownBy(() -> inTask(context, () -> tools.served("notes")))
                  .hasMessageContaining("policy_forbidden");
              assertThat(tools.runs()).isEmpty();
            });
  }

  @Test
  void a_method_of_a_server_is_decided_on_by_its_name_as_a_tool() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(inTask(context, () -> tools.served("notes"))).isEqualTo("serve ran");
              assertThat(app.policy.asked())
                  .extracting(calls -> calls.get(0).tool().name())
                  .isEqualTo(WOVEN ? List.of("serve") : List.of());
            });
  }

  @Test
  void a_method_that_a_model_calls_is_decided_on_once() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(ask(context, "read it", tools)).contains("read ran");
              assertThat(tools.runs()).hasSize(1);
              assertThat(app.policy.asked()).hasSize(1);
            });
  }

  @Test
  void a_callback_of_a_method_that_is_called_by_hand_is_decided_on_once() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              ToolCallback read = callback("read");
              assertThat(inTask(context, () -> read.call("{\"path\":\"notes\"}")))
                  .contains("read ran");
              assertThat(app.policy.asked()).hasSize(WOVEN ? 1 : 0);
              assertThat(read.call("{\"path\":\"notes\"}"))
                  .contains(WOVEN ? "task_missing" : "read ran");
              assertThat(tools.runs()).hasSize(WOVEN ? 1 : 2);
            });
  }

  @Test
  void what_a_server_made_by_hand_runs_is_decided_on_once() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(inTask(context, () -> served(callback("read")))).contains("read ran");
              assertThat(app.policy.asked()).hasSize(WOVEN ? 1 : 0);
              assertThat(served(callback("read"))).contains(WOVEN ? "task_missing" : "read ran");
              assertThat(tools.runs()).hasSize(WOVEN ? 1 : 2);
            });
    Application.denying("read")
        .with(model)
        .run(
            context ->
                assertThat(inTask(context, () -> served(callback("read"))))
                    .contains(WOVEN ? "policy_forbidden" : "read ran"));
  }

  @Test
  void a_tool_method_that_calls_others_makes_calls_of_its_own() {
    app.with(model)
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(inTask(context, () -> tools.readTwice("notes")))
                  .isEqualTo("read ranread ran");
              assertThat(app.policy.asked()).hasSize(WOVEN ? 3 : 0);
            });
  }

  @Test
  void what_a_method_throws_is_thrown_as_it_is() {
    app.with(model)
        .run(
            context ->
                assertThatThrownBy(() -> inTask(context, tools::fail))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("as told"));
  }

  private static Application masking() {
    Basis basis = new Basis("scripted", "r1", List.of());
    List<Obligation> demands = List.of(new Obligation.MaskResult(Set.of("iban")));
    return new Application(ScriptedPolicy.of(request -> new Decision.Permit(basis, demands)));
  }

  /** Its text is no JSON, so that nothing in it can be masked. */
  @Test
  void what_cannot_be_masked_is_not_returned() {
    masking()
        .with(model)
        .run(
            context -> {
              if (!WOVEN) {
                assertThat(inTask(context, () -> tools.read("notes"))).isEqualTo("read ran");
                return;
              }
              assertThatThrownBy(() -> inTask(context, () -> tools.read("notes")))
                  .isInstanceOf(ToolDeniedException.class)
                  .hasMessageContaining("result_unmaskable");
            });
  }

  /** The gate's own words would be taken for what the method found out. */
  @Test
  void what_a_method_throws_is_not_shown_where_results_are_masked() {
    masking()
        .with(model)
        .run(
            context -> {
              List<Supplier<Object>> failing = List.of(tools::look, tools::fail);
              for (Supplier<Object> one : failing) {
                assertThatThrownBy(() -> inTask(context, one))
                    .isInstanceOf(
                        WOVEN ? ToolDeniedException.class : IllegalArgumentException.class)
                    .hasMessageContaining(WOVEN ? "result_unmaskable" : "");
              }
            });
  }

  @Test
  void without_a_gate_no_tool_method_runs_where_it_is_woven() {
    if (WOVEN) {
      assertThatThrownBy(() -> tools.read("notes")).hasMessageContaining("gate_missing");
    } else {
      assertThat(tools.read("notes")).isEqualTo("read ran");
    }
    assertThat(tools.runs()).hasSize(WOVEN ? 0 : 1);
  }
}
