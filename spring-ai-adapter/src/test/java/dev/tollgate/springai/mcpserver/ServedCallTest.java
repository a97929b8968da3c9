package dev.tollgate.springai.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What MCP clients call is decided by the gate, on every server that the starter makes. */
@Timeout(60)
class ServedCallTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();

  private McpServerApp start(ServerKind kind, ScriptedPolicy policy) {
    ToolGate gate = TestGates.gate(policy, audit).approvals(10, Duration.ofMinutes(10)).build();
    McpServerApp app = McpServerApp.start(kind, gate);
    audit.entries().clear(); // the probe's
    return app;
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_permitted_call_runs_once_within_a_task_that_nobody_asked_for(ServerKind kind) {
    try (McpServerApp app = start(kind, ScriptedPolicy.permitAll())) {
      CallToolResult note = app.call("note", Map.of("text", "milk"));
      CallToolResult send = app.call("send", Map.of("to", "bob", "amount", 12.5));
      assertThat(note.isError()).isNotEqualTo(true);
      assertThat(McpServerApp.text(note)).isEqualTo("note ran");
      assertThat(McpServerApp.text(send)).isEqualTo("\"send ran\"");
      assertThat(app.runs.all())
          .extracting(ServedRuns.Run::tool, ServedRuns.Run::said)
          .containsExactly(tuple("note", "milk"), tuple("send", "bob 12.5"));
      assertThat(app.runs.all())
          .allSatisfy(
              run -> {
                assertThat(run.within().intent().source()).isEqualTo(Intent.Source.EVENT);
                assertThat(run.within().intent().text()).isEmpty();
                assertThat(run.within().agent().id()).isEqualTo(McpServerApp.NAME);
              });
      assertThat(audit.records(AuditRecord.Proposed.class))
          .extracting(
              AuditRecord.Proposed::tool,
              AuditRecord.Proposed::source,
              AuditRecord.Proposed::subject)
          .containsExactly(
              tuple("note", "spring-ai:mcp-server", "alice"),
              tuple("send", "spring-ai:mcp-server", "alice"));
      assertThat(audit.records(AuditRecord.Outcome.class))
          .extracting(AuditRecord.Outcome::state)
          .containsExactly("returned", "returned");
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_denied_call_is_a_plain_error_and_runs_nothing(ServerKind kind) {
    try (McpServerApp app = start(kind, ScriptedPolicy.denying("note", "send"))) {
      for (CallToolResult denied :
          List.of(
              app.call("note", Map.of("text", "milk")),
              app.call("send", Map.of("to", "bob", "amount", 1)))) {
        assertThat(denied.isError()).isTrue();
        assertThat(denied.content()).hasSize(1);
        assertThat(McpServerApp.text(denied))
            .matches(
                "\\{\"error\":\"denied\",\"reason_code\":\"policy_forbidden\",\"decision_id\":\"c-[^\"]+\"}");
      }
      assertThat(app.runs.all()).isEmpty();
      assertThat(audit.records(AuditRecord.Decided.class))
          .extracting(AuditRecord.Decided::reason)
          .containsExactly("policy_forbidden", "policy_forbidden");
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_call_that_needs_approval_waits_for_a_person_and_does_not_run(ServerKind kind) {
    ScriptedPolicy asking =
        ScriptedPolicy.of(
            request ->
                new Decision.NeedsApproval(
                    new Basis("scripted", "r1", List.of("secret-rule")), List.of()));
    try (McpServerApp app = start(kind, asking)) {
      CallToolResult waits = app.call("send", Map.of("to", "bob", "amount", 1));
      assertThat(waits.isError()).isTrue();
      assertThat(McpServerApp.text(waits))
          .contains("\"reason_code\":\"approval_required\"", "\"approval_id\":\"")
          .doesNotContain("secret-rule");
      assertThat(app.runs.all()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void what_a_tool_throws_reaches_the_client_as_without_the_gate(ServerKind kind) {
    String[] tools = {"fails", "breaks"};
    try (McpServerApp app = start(kind, ScriptedPolicy.permitAll());
        McpServerApp bare =
            McpServerApp.start(
                kind,
                TestGates.gate(ScriptedPolicy.permitAll(), audit).build(),
                List.of("tollgate.enabled=false"))) {
      for (String tool : tools) {
        CallToolResult with = app.call(tool, Map.of());
        CallToolResult without = bare.call(tool, Map.of());
        assertThat(with.isError()).isTrue();
        assertThat(with).isEqualTo(without);
      }
      assertThat(app.runs.all()).extracting(ServedRuns.Run::tool).containsExactly(tools);
      assertThat(bare.runs.all()).hasSize(2).allSatisfy(run -> assertThat(run.task()).isNull());
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void nothing_runs_that_cannot_be_put_on_record(ServerKind kind) {
    try (McpServerApp app = start(kind, ScriptedPolicy.permitAll())) {
      audit.failing(true);
      CallToolResult denied = app.call("note", Map.of("text", "milk"));
      assertThat(denied.isError()).isTrue();
      assertThat(McpServerApp.text(denied)).contains("\"reason_code\":\"audit_unavailable\"");
      assertThat(app.runs.all()).isEmpty();
      audit.failing(false);
    }
  }
}
