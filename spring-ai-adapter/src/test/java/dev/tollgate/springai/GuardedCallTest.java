package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.execution.ToolExecutionException;

class GuardedCallTest {
  @Test
  void a_permitted_call_runs_with_the_arguments_that_were_decided_on() {
    RecordingTool read = RecordingTool.of("read");
    Application app = Application.permitting();
    app.with(ScriptedModel.asking(tool("1", "read", "{ \"b\": 1.0,\n \"a\" : \"x\" }")))
        .run(
            context -> {
              assertThat(ask(context, "read it", read)).isEqualTo("read ran");
              assertThat(read.runs()).hasSize(1);
              assertThat(read.runs().get(0).arguments()).isEqualTo("{\"a\":\"x\",\"b\":1}");
              PolicyRequest asked = app.policy.asked().get(0).get(0);
              assertThat(asked.task().caller()).isEqualTo(Caller.of("acme", "alice"));
              assertThat(asked.tool().source()).isEqualTo("spring-ai");
              assertThat(read.task().id()).isEqualTo(asked.task().id());
            });
  }

  @Test
  void a_denied_call_does_not_run_and_the_model_gets_a_plain_denial() {
    RecordingTool pay = RecordingTool.of("pay");
    Application.denying("pay")
        .with(ScriptedModel.asking(tool("pay")))
        .run(
            context -> {
              assertThat(ask(context, "pay it", pay))
                  .matches(
                      "\\{\"error\":\"denied\",\"reason_code\":\"policy_forbidden\","
                          + "\"decision_id\":\"[^\"]+\"}");
              assertThat(pay.runs()).isEmpty();
            });
  }

  @Test
  void the_whole_turn_is_decided_before_anything_runs() {
    RecordingTool read = RecordingTool.of("read");
    RecordingTool pay = RecordingTool.of("pay");
    RecordingTool send = RecordingTool.of("send");
    Application app = Application.denying("pay");
    app.with(ScriptedModel.asking(tool("read"), tool("pay"), tool("send")))
        .run(
            context -> {
              app.audit.entries().clear(); // the probe's
              String answer = ask(context, "do it", read, pay, send);
              assertThat(answer)
                  .startsWith("read ran | {\"error\":\"denied\"")
                  .endsWith("send ran");
              assertThat(app.policy.asked()).hasSize(1);
              assertThat(app.policy.asked().get(0)).hasSize(3);
              assertThat(pay.runs()).isEmpty();
              List<String> kinds =
                  app.audit.entries().stream()
                      .map(AuditEntry::record)
                      .map(AuditRecord::kind)
                      .toList();
              assertThat(kinds.lastIndexOf("decided")).isLessThan(kinds.indexOf("dispatched"));
            });
  }

  @Test
  void a_made_up_name_is_denied_and_does_not_abort_the_chat() {
    RecordingTool read = RecordingTool.of("read");
    Application app = Application.permitting();
    app.with(ScriptedModel.asking(tool("read"), tool("1", "rm_rf", "{}"), tool("2", "", "{}")))
        .run(
            context -> {
              assertThat(ask(context, "read it", read))
                  .startsWith("read ran | {\"error\":\"denied\",\"reason_code\":\"tool_unknown\"");
              assertThat(app.audit.records(AuditRecord.Proposed.class))
                  .extracting(AuditRecord.Proposed::tool)
                  .contains("read", "rm_rf", "");
            });
  }

  @Test
  void arguments_that_two_parsers_could_read_differently_are_denied() {
    RecordingTool read = RecordingTool.of("read");
    Application.permitting()
        .with(
            ScriptedModel.asking(
                tool("1", "read", "{\"a\":1,\"a\":2}"),
                tool("2", "read", "not JSON"),
                tool("3", "read", "")))
        .run(
            context -> {
              assertThat(ask(context, "read it", read))
                  .contains("arguments_duplicate_key", "arguments_malformed")
                  .endsWith("| read ran");
              assertThat(read.runs()).hasSize(1);
            });
  }

  @Test
  void a_permitted_direct_tool_still_returns_directly() {
    RecordingTool direct = new RecordingTool("show", true, arguments -> "shown");
    ScriptedModel model = ScriptedModel.asking(tool("show"));
    Application.permitting()
        .with(model)
        .run(
            context -> {
              assertThat(ask(context, "show it", direct)).isEqualTo("shown");
              assertThat(model.prompts()).hasSize(1);
            });
  }

  /** Spring AI turns what such a method throws into a ToolExecutionException. */
  static class Broken {
    @Tool
    String broken() {
      throw new IllegalArgumentException("no such file");
    }
  }

  @Test
  void what_a_tool_throws_reaches_spring_ai_as_thrown() {
    Application app = Application.permitting();
    app.with(ScriptedModel.asking(tool("broken")))
        .run(
            context -> {
              assertThat(ask(context, "go", new Broken())).isEqualTo("no such file");
              assertThat(app.audit.records(AuditRecord.Outcome.class))
                  .singleElement()
                  .satisfies(
                      outcome -> {
                        assertThat(outcome.state()).isEqualTo("failed");
                        assertThat(outcome.error())
                            .isEqualTo(ToolExecutionException.class.getName());
                      });
            });
    RecordingTool rude =
        new RecordingTool(
            "broken",
            false,
            arguments -> {
              throw new IllegalStateException("rude");
            });
    app.with(ScriptedModel.asking(tool("broken")))
        .run(
            context ->
                assertThatThrownBy(() -> ask(context, "go", rude))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("rude"));
  }

  @Test
  void calls_of_one_tool_are_told_apart_without_ids() {
    RecordingTool read = new RecordingTool("read", false, arguments -> arguments);
    Application app = Application.permitting();
    app.with(
            ScriptedModel.asking(
                tool("", "read", "{\"n\": \"a\"}"),
                tool("x", "read", "{\"n\": \"b\"}"),
                tool("x", "read", "{\"n\": \"b\"}"),
                tool("", "read", "{\"n\": \"c\"}")))
        .run(
            context -> {
              assertThat(ask(context, "go", read))
                  .isEqualTo("{\"n\":\"a\"} | {\"n\":\"b\"} | {\"n\":\"b\"} | {\"n\":\"c\"}");
              assertThat(app.audit.records(AuditRecord.Dispatched.class)).hasSize(4);
              assertThat(app.policy.asked()).hasSize(1);
            });
  }
}
