package dev.tollgate.springai.mcpserver;

import static dev.tollgate.springai.mcpserver.McpServerApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who calls, and what a client's agent has handed over to this server. */
@Timeout(60)
class HandedOverTest {
  private static final Map<String, Object> MILK = Map.of("text", "milk");
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build();

  private McpServerApp start(ServerKind kind, McpServerApp.Extra... extras) {
    McpServerApp app = McpServerApp.start(kind, gate, extras);
    audit.entries().clear(); // the probe's
    return app;
  }

  /** What alice's planner hands to an agent, for its notes. */
  private String signed(String receiver) {
    Task task = gate.startTask(Intent.human("Buy milk."), null, null, null);
    try {
      return gate.delegations().delegate(task, Grant.to(receiver).tools("note").calls(5));
    } catch (DelegationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> meta(String signed) {
    return DelegationText.metadata(signed);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_call_is_part_of_the_task_that_was_handed_over_with_it(ServerKind kind) {
    try (McpServerApp app = start(kind)) {
      CallToolResult byMeta = app.call("note", MILK, meta(signed(McpServerApp.NAME)), Map.of());
      CallToolResult byHeader =
          app.call("note", MILK, Map.of(), DelegationText.headers(signed(McpServerApp.NAME)));
      assertThat(text(byMeta)).isEqualTo("note ran");
      assertThat(text(byHeader)).isEqualTo("note ran");
      assertThat(app.runs.all())
          .hasSize(2)
          .allSatisfy(
              run -> {
                assertThat(run.within().intent().source()).isEqualTo(Intent.Source.HUMAN);
                assertThat(run.within().delegation()).isNotNull();
                assertThat(run.within().agent().id()).isEqualTo(McpServerApp.NAME);
              });
      assertThat(audit.records(AuditRecord.DelegationAccepted.class)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_call_beyond_what_was_handed_over_is_denied(ServerKind kind) {
    try (McpServerApp app = start(kind)) {
      CallToolResult denied =
          app.call("lookup", Map.of(), meta(signed(McpServerApp.NAME)), Map.of());
      assertThat(text(denied)).contains("\"reason_code\":\"delegation_tool\"");
      assertThat(app.runs.all()).isEmpty();
    }
  }

  @Test
  void a_delegation_that_does_not_hold_denies_the_call_for_the_reason_why() {
    try (McpServerApp app = start(ServerKind.STREAMABLE)) {
      String good = signed(McpServerApp.NAME);
      String forged = good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";
      assertDenied(app, meta(forged), Map.of(), "delegation_forged");
      assertDenied(app, Map.of(), DelegationText.headers(forged), "delegation_forged");
      assertDenied(app, Map.of(DelegationText.METADATA, 7), Map.of(), "delegation_forged");
      // Which one of two counts, nobody says.
      assertDenied(app, meta(good), DelegationText.headers(forged), "delegation_forged");
      assertDenied(app, meta(signed("another")), Map.of(), "delegation_foreign");
      assertThat(app.runs.all()).isEmpty();
      assertThat(text(app.call("note", MILK, meta(good), Map.of()))).isEqualTo("note ran");
      assertDenied(app, meta(good), Map.of(), "delegation_replayed");
      assertThat(app.runs.all()).hasSize(1);
    }
  }

  private static void assertDenied(
      McpServerApp app, Map<String, Object> meta, Map<String, String> headers, String reason) {
    CallToolResult denied = app.call("note", MILK, meta, headers);
    assertThat(denied.isError()).isTrue();
    assertThat(text(denied)).contains("\"reason_code\":\"" + reason + "\"");
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void the_runtime_says_who_calls_and_nothing_that_a_client_sends(ServerKind kind) {
    McpServerApp.Extra source =
        new McpServerApp.Extra(CallerSource.class, (CallerSource) () -> Caller.of("acme", "carol"));
    try (McpServerApp app = start(kind, source)) {
      Map<String, Object> claims = Map.of("subject", "root", "sub", "root", "tenant", "evil");
      assertThat(text(app.call("note", MILK, claims, Map.of()))).isEqualTo("note ran");
      assertThat(audit.records(AuditRecord.Proposed.class))
          .extracting(AuditRecord.Proposed::subject)
          .containsExactly("carol");
      // Alice's, whom the request is not authenticated as.
      CallToolResult hers = app.call("note", MILK, meta(signed(McpServerApp.NAME)), Map.of());
      assertThat(text(hers)).contains("\"reason_code\":\"delegation_foreign\"");
      assertThat(app.runs.all()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void nobody_stands_in_for_a_caller_who_cannot_be_told(ServerKind kind) {
    CallerSource broken =
        () -> {
          throw new IllegalStateException("no session");
        };
    try (McpServerApp app = start(kind, new McpServerApp.Extra(CallerSource.class, broken))) {
      CallToolResult denied = app.call("note", MILK);
      assertThat(text(denied)).contains("\"reason_code\":\"task_missing\"");
      assertThat(app.runs.all()).isEmpty();
      assertThat(audit.records(AuditRecord.Decided.class)).hasSize(1);
    }
  }

  @Test
  void a_tool_sees_what_the_client_sent_along_but_not_the_delegation() {
    try (McpServerApp app = start(ServerKind.STREAMABLE)) {
      Task task = gate.startTask(Intent.human("Show it."), null, null, null);
      String signed = pictures(task);
      Map<String, Object> sent = Map.of("page", "7", DelegationText.METADATA, signed);
      assertThat(app.call("picture", Map.of(), sent, Map.of()).isError()).isNotEqualTo(true);
      assertThat(app.runs.all().get(0).said()).contains("page=7");
      assertThat(app.runs.all().get(0).said()).doesNotContain("delegation");
    }
  }

  private String pictures(Task task) {
    try {
      return gate.delegations().delegate(task, Grant.to(McpServerApp.NAME).tools("picture"));
    } catch (DelegationException e) {
      throw new IllegalStateException(e);
    }
  }
}
