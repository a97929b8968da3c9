package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalListener;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestKeys;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Beans of the application take the place of configured parts, and never by chance. */
class GivenBeansTest {
  private static final ToolDefinition PAY = new ToolDefinition("bank_pay", "", "", "test");
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
          .withPropertyValues("tollgate.tenant=acme", "tollgate.subject=alice");

  private static ToolResult call(ToolGate gate, Caller caller) {
    return gate.call(
        gate.propose(
            new Proposal(
                gate.startTask(Intent.human("pay"), null, caller, "c"),
                gate.describe(PAY),
                "{}",
                "1",
                SpanOwner.GATE)),
        arguments -> ToolResult.returned("paid"));
  }

  @Test
  void policy_audit_and_keys_that_are_beans_need_no_setting() {
    RecordingAuditSink audit = new RecordingAuditSink();
    ScriptedPolicy policy = ScriptedPolicy.permitAll();
    application
        .withBean(PolicyDecisionPoint.class, () -> policy)
        .withBean(AuditSink.class, () -> audit)
        .withBean(KeySource.class, TestKeys::inMemory)
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              assertThat(call(gate, Caller.of("acme", "alice")))
                  .isInstanceOf(ToolResult.Returned.class);
              assertThat(policy.asked()).hasSize(1);
              assertThat(audit.records(AuditRecord.Decided.class)).hasSize(1);
            });
  }

  @Test
  void a_bean_wins_over_what_is_configured(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    RecordingAuditSink audit = new RecordingAuditSink();
    application
        .withPropertyValues(
            "tollgate.keys.file=" + keys,
            "tollgate.policy.set=permit-all",
            "tollgate.audit.folder=" + folder.resolve("audit"),
            "tollgate.audit.anchor=" + folder.resolve("anchor"))
        .withBean(PolicyDecisionPoint.class, () -> ScriptedPolicy.denying("bank_pay"))
        .withBean(AuditSink.class, () -> audit)
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              assertThat(call(gate, Caller.of("acme", "alice")))
                  .isInstanceOfSatisfying(
                      ToolResult.Denied.class,
                      denied ->
                          assertThat(denied.denial().reason())
                              .isEqualTo(ReasonCode.POLICY_FORBIDDEN));
              assertThat(gate.status().engine()).isEqualTo("scripted");
              assertThat(audit.entries()).isNotEmpty();
              assertThat(folder.resolve("audit")).doesNotExist();
            });
  }

  @Test
  void manifest_state_and_approvals_can_be_beans() {
    ToolManifest manifest =
        ToolManifest.parse(
            "version: tollgate/manifest/v1\ntools:\n  - name: bank_pay\n    effect: pay\n", "bean");
    Decision ask = new Decision.NeedsApproval(Basis.of("scripted"), List.of(), null);
    List<ApprovalRequest> asked = new ArrayList<>();
    StateStore state = new InMemoryStateStore(dev.tollgate.GateClock.system());
    application
        .withBean(PolicyDecisionPoint.class, () -> ScriptedPolicy.of(request -> ask))
        .withBean(AuditSink.class, RecordingAuditSink::new)
        .withBean(KeySource.class, TestKeys::inMemory)
        .withBean(ToolManifest.class, () -> manifest)
        .withBean(StateStore.class, () -> state)
        .withBean(ApprovalListener.class, () -> asked::add)
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              assertThat(gate.describe(PAY).effect()).isEqualTo(Effect.PAY);
              assertThat(call(gate, Caller.of("acme", "alice")))
                  .isInstanceOf(ToolResult.Denied.class);
              assertThat(asked).hasSize(1);
            });
  }

  @Test
  void two_of_a_kind_stop_the_start_unless_one_is_primary() {
    ApplicationContextRunner two =
        application
            .withBean(AuditSink.class, RecordingAuditSink::new)
            .withBean(KeySource.class, TestKeys::inMemory)
            .withBean("mild", PolicyDecisionPoint.class, ScriptedPolicy::permitAll);
    two.withBean("strict", PolicyDecisionPoint.class, () -> ScriptedPolicy.denying("bank_pay"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("PolicyDecisionPoint")
                    .hasMessageContaining("mild")
                    .hasMessageContaining("strict"));
    two.withBean(
            "strict",
            PolicyDecisionPoint.class,
            () -> ScriptedPolicy.denying("bank_pay"),
            definition -> definition.setPrimary(true))
        .run(
            context ->
                assertThat(call(context.getBean(ToolGate.class), Caller.of("acme", "alice")))
                    .isInstanceOf(ToolResult.Denied.class));
  }
}
