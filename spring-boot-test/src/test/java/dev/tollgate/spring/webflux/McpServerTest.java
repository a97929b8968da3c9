package dev.tollgate.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that an application on WebFlux offers as an MCP server, to users over real HTTP. */
@Timeout(90)
class McpServerTest {
  private static final String PROPAGATED = "--spring.reactor.context-propagation=auto";
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ToolGate gate =
      TestGates.gate(ScriptedPolicy.of(request -> decide(request.tool().name())), audit)
          .approvals(10, Duration.ofMinutes(10))
          .build();
  private volatile String forbidden = "";
  private volatile String asked = "";

  private Decision decide(String tool) {
    Basis basis = new Basis("scripted", "r1", List.of("rule"));
    if (tool.equals(forbidden)) {
      return new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN);
    }
    return tool.equals(asked)
        ? new Decision.NeedsApproval(basis, List.of())
        : Decision.permit(basis);
  }

  private McpOffice office(String protocol, String type, String... properties) {
    McpOffice office = new McpOffice(protocol, type, gate, properties);
    audit.entries().clear(); // the probe's
    return office;
  }

  private void nothingRan(McpOffice office) {
    assertThat(office.ran).isEmpty();
    assertThat(audit.records(AuditRecord.Dispatched.class)).isEmpty();
  }

  /** Part of alice's task, for this server. */
  private String signed(Caller caller, String... tools) {
    Task task = gate.startTask(Intent.human("Buy milk."), null, caller, null);
    try {
      return gate.delegations().delegate(task, Grant.to(McpOffice.NAME).tools(tools).calls(5));
    } catch (DelegationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void together(McpOffice office, String tool) {
    for (int round = 0; round < 5; round++) {
      office.together = new CyclicBarrier(2);
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (String user : List.of("alice", "bob")) {
        String text = user + "'s " + round;
        answers.add(
            CompletableFuture.supplyAsync(
                () -> office.call(user, tool, text), work -> new Thread(work).start()));
      }
      assertThat(answers.get(0).join()).contains("alice: alice's " + round);
      assertThat(answers.get(1).join()).contains("bob: bob's " + round);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STREAMABLE,ASYNC,note",
    "STREAMABLE,ASYNC,send",
    "STATELESS,ASYNC,send",
    "SSE,ASYNC,note",
    "STREAMABLE,SYNC,note",
    "STREAMABLE,SYNC,send",
    "STATELESS,SYNC,note",
    "SSE,SYNC,note"
  })
  void each_tool_runs_for_the_user_whose_request_it_is(String protocol, String type, String tool) {
    try (McpOffice office = office(protocol, type)) {
      together(office, tool);
      assertThat(office.ran).hasSize(10);
      assertThat(office.ran)
          .allSatisfy(
              run -> {
                assertThat(run.said()).startsWith(run.subject());
                assertThat(run.task().intent().source()).isEqualTo(Intent.Source.EVENT);
              });
      assertThat(audit.records(AuditRecord.Dispatched.class)).hasSize(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"STREAMABLE,ASYNC", "STATELESS,ASYNC", "SSE,ASYNC", "STREAMABLE,SYNC"})
  void nobody_works_on_the_configured_subjects_behalf(String protocol, String type) {
    for (String[] properties : new String[][] {{}, {PROPAGATED}}) {
      try (McpOffice office = office(protocol, type, properties)) {
        for (String tool : List.of("note", "send")) {
          assertThat(office.call(null, tool, "x")).contains("\"reason_code\":\"task_missing\"");
        }
        assertThat(audit.records(AuditRecord.Decided.class))
            .extracting(AuditRecord.Decided::reason)
            .containsExactly("task_missing", "task_missing");
        nothingRan(office);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STREAMABLE,ASYNC",
    "STATELESS,ASYNC",
    "SSE,ASYNC",
    "STREAMABLE,SYNC",
    "STATELESS,SYNC"
  })
  void a_call_is_part_of_the_task_that_was_handed_over_with_it(String protocol, String type) {
    try (McpOffice office = office(protocol, type)) {
      Caller alice = Caller.of("acme", "alice");
      Map<String, Object> meta = DelegationText.metadata(signed(alice, "note", "send"));
      Map<String, String> header = DelegationText.headers(signed(alice, "note", "send"));
      assertThat(office.call("alice", "note", "1", meta, Map.of())).contains("alice: 1");
      assertThat(office.call("alice", "note", "2", Map.of(), header)).contains("alice: 2");
      assertThat(office.ran)
          .hasSize(2)
          .allSatisfy(
              run -> {
                assertThat(run.task().delegation()).isNotNull();
                assertThat(run.task().intent().source()).isEqualTo(Intent.Source.HUMAN);
              });
      assertThat(office.call("alice", "note", "3", meta, Map.of())).contains("delegation_replayed");
      assertThat(office.call("alice", "note", "4", Map.of(), header))
          .contains("delegation_replayed");
      assertThat(office.ran).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STREAMABLE,ASYNC",
    "STATELESS,ASYNC",
    "SSE,ASYNC",
    "STREAMABLE,SYNC",
    "STATELESS,SYNC"
  })
  void a_delegation_that_does_not_hold_denies_the_call(String protocol, String type) {
    try (McpOffice office = office(protocol, type)) {
      Caller alice = Caller.of("acme", "alice");
      String good = signed(alice, "send");
      String forged = good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";
      denied(office, "bob", "send", good, null, "delegation_foreign");
      denied(office, "alice", "send", forged, null, "delegation_forged");
      denied(office, "alice", "send", null, forged, "delegation_forged");
      denied(office, "alice", "send", good, forged, "delegation_forged");
      denied(office, "alice", "note", null, good, "delegation_tool");
      denied(office, null, "send", null, signed(alice, "send"), "task_missing");
      nothingRan(office);
    }
  }

  private static void denied(
      McpOffice office,
      @Nullable String user,
      String tool,
      @Nullable String meta,
      @Nullable String header,
      String reason) {
    String answer =
        office.call(
            user,
            tool,
            "x",
            meta == null ? Map.of() : DelegationText.metadata(meta),
            header == null ? Map.of() : DelegationText.headers(header));
    assertThat(answer).contains("\"reason_code\":\"" + reason + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "STREAMABLE,ASYNC",
    "STATELESS,ASYNC",
    "SSE,ASYNC",
    "STREAMABLE,SYNC",
    "STATELESS,SYNC"
  })
  void what_the_gate_does_not_let_through_does_not_run(String protocol, String type) {
    try (McpOffice office = office(protocol, type)) {
      forbidden = "note";
      assertThat(office.call("alice", "note", "x")).contains("policy_forbidden");
      asked = "send";
      assertThat(office.call("alice", "send", "x"))
          .contains("approval_required")
          .contains("approval_id");
      asked = "";
      gate.killSwitch().revoke(RevocationTarget.subject("acme", "alice"), "carol");
      assertThat(office.call("alice", "send", "x")).contains("subject_revoked");
      nothingRan(office);
      assertThat(office.call("bob", "send", "still here")).contains("bob: still here");
      assertThat(office.ran).hasSize(1);
      assertThat(audit.records(AuditRecord.Dispatched.class)).hasSize(1);
    }
  }
}
