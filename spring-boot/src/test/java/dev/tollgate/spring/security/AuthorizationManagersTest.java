package dev.tollgate.spring.security;

import static dev.tollgate.spring.security.SecuredApplication.call;
import static dev.tollgate.spring.security.SecuredApplication.signIn;
import static dev.tollgate.spring.security.SecuredApplication.task;
import static dev.tollgate.spring.security.SecuredApplication.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.Admission;
import dev.tollgate.AdmittedCall;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** The gate asked by Spring Security, and Spring Security asked by the gate. */
class AuthorizationManagersTest {
  @TempDir Path folder;
  private final SecuredApplication secured = new SecuredApplication();

  @AfterEach
  void nobodyIsSignedInAnyMore() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void the_gate_answers_whoever_asks_about_a_call_of_their_own() throws Exception {
    secured
        .with(folder, ScriptedPolicy.permitAll())
        .run(
            context -> {
              signIn(user("alice"));
              ToolCall call = call(context, task(context));
              ToolAuthorization answer = ask(context, call, "alice");
              assertThat(answer.isGranted()).isTrue();
              assertThat(answer.reason()).isNull();
              assertThat(answer.decisionId()).isEqualTo(call.id());
              assertThat(secured.audit.records(AuditRecord.Decided.class)).hasSize(1);
              ToolAuthorization strangers = ask(context, call(context, task(context)), "mallory");
              assertThat(strangers.isGranted()).isFalse();
              assertThat(strangers.reason()).isEqualTo(ReasonCode.TASK_MISMATCH);
              assertThat(
                      context
                          .getBean(GateAuthorizationManager.class)
                          .authorize(() -> SecuredApplication.ANONYMOUS, call)
                          .reason())
                  .isEqualTo(ReasonCode.SUBJECT_MISSING);
              assertThat(
                      context
                          .getBean(GateAuthorizationManager.class)
                          .authorize(() -> null, call)
                          .isGranted())
                  .isFalse();
            });
  }

  @Test
  void what_is_denied_or_needs_a_person_is_not_granted() throws Exception {
    secured
        .with(folder, ScriptedPolicy.denying("pay"))
        .run(
            context -> {
              signIn(user("alice"));
              ToolAuthorization answer = ask(context, call(context, task(context)), "alice");
              assertThat(answer.isGranted()).isFalse();
              assertThat(answer.reason()).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
              assertThatThrownBy(
                      () ->
                          context
                              .getBean(GateAuthorizationManager.class)
                              .verify(() -> user("alice"), call(context, task(context))))
                  .isInstanceOf(AccessDeniedException.class);
            });
    secured
        .with(folder, ScriptedPolicy.of(AuthorizationManagersTest::needsApproval))
        .run(
            context -> {
              signIn(user("alice"));
              ToolAuthorization answer = ask(context, call(context, task(context)), "alice");
              assertThat(answer.isGranted()).isFalse();
              assertThat(answer)
                  .isInstanceOfSatisfying(
                      ToolAuthorization.ApprovalNeeded.class,
                      needed -> assertThat(needed.approvalId()).isNotNull());
            });
  }

  /** As the 6.5 line of Spring Security asks. */
  @Test
  void the_older_way_to_ask_gets_the_same_answer() throws Exception {
    secured
        .with(folder, ScriptedPolicy.denying("pay"))
        .run(
            context -> {
              signIn(user("alice"));
              assertThat(
                      context
                          .getBean(GateAuthorizationManager.class)
                          .check(() -> user("alice"), call(context, task(context)))
                          .isGranted())
                  .isFalse();
            });
  }

  @Test
  void a_manager_can_only_narrow_what_the_policies_permit() throws Exception {
    managed(AuthorityAuthorizationManager.hasAuthority("clerk"), ScriptedPolicy.permitAll())
        .run(
            context -> {
              signIn(user("alice", "clerk"));
              assertThat(admit(context, task(context))).isInstanceOf(AdmittedCall.class);
              signIn(user("bob", "guest"));
              assertThat(reason(admit(context, task(context))))
                  .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
            });
    managed(AuthorityAuthorizationManager.hasAuthority("clerk"), ScriptedPolicy.denying("pay"))
        .run(
            context -> {
              signIn(user("alice", "clerk"));
              assertThat(reason(admit(context, task(context))))
                  .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
            });
  }

  @Test
  void abstaining_and_failing_is_denying() throws Exception {
    refused((who, call) -> null, ReasonCode.POLICY_NO_PERMIT);
    refused(
        (who, call) -> {
          throw new IllegalStateException("broken");
        },
        ReasonCode.POLICY_ERROR);
    refused(
        (who, call) -> {
          throw new AccessDeniedException("no");
        },
        ReasonCode.POLICY_FORBIDDEN);
  }

  private void refused(AuthorizationManager<PolicyRequest> manager, ReasonCode reason)
      throws Exception {
    managed(manager, ScriptedPolicy.permitAll())
        .run(
            context -> {
              signIn(user("alice"));
              assertThat(reason(admit(context, task(context)))).isEqualTo(reason);
            });
  }

  @Test
  void a_manager_is_asked_with_the_tasks_user_on_whatever_thread_the_tool_runs() throws Exception {
    managed(AuthorityAuthorizationManager.hasAuthority("clerk"), ScriptedPolicy.permitAll())
        .run(
            context -> {
              signIn(user("alice", "clerk"));
              Task alices = task(context);
              signIn(user("bob", "guest"));
              Task bobs = task(context);
              SecurityContextHolder.clearContext();
              assertThat(CompletableFuture.supplyAsync(() -> admit(context, alices)).join())
                  .isInstanceOf(AdmittedCall.class);
              signIn(user("alice", "clerk"));
              assertThat(reason(admit(context, bobs))).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
            });
  }

  @Test
  void a_job_that_nobody_is_signed_in_for_is_denied() throws Exception {
    managed((who, call) -> new AuthorizationDecision(true), ScriptedPolicy.permitAll())
        .withPropertyValues("tollgate.subject=batch")
        .run(
            context -> {
              Task job = task(context);
              assertThat(reason(admit(context, job))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
              // Nor by whoever comes along, under the same name or another.
              signIn(user("batch"));
              assertThat(reason(admit(context, job))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
              assertThat(admit(context, task(context))).isInstanceOf(AdmittedCall.class);
            });
  }

  @Test
  void a_manager_may_demand_a_person() throws Exception {
    managed(
            (who, call) -> new ToolAuthorization.ApprovalNeeded(null, call.callId()),
            ScriptedPolicy.permitAll())
        .run(
            context -> {
              signIn(user("alice"));
              assertThat(admit(context, task(context)).decision())
                  .isInstanceOf(Decision.NeedsApproval.class);
            });
  }

  private ApplicationContextRunner managed(
      AuthorizationManager<PolicyRequest> manager, ScriptedPolicy policy) throws Exception {
    return secured
        .with(folder, policy)
        .withInitializer(
            context -> {
              RootBeanDefinition bean = new RootBeanDefinition();
              bean.setTargetType(
                  ResolvableType.forClassWithGenerics(
                      AuthorizationManager.class, PolicyRequest.class));
              bean.setInstanceSupplier(() -> manager);
              ((DefaultListableBeanFactory) context.getBeanFactory())
                  .registerBeanDefinition("manager", bean);
            });
  }

  private static Decision needsApproval(PolicyRequest request) {
    return new Decision.NeedsApproval(new Basis("scripted", "r1", List.of("rule")), List.of());
  }

  private static ToolAuthorization ask(ApplicationContext context, ToolCall call, String who) {
    return context.getBean(GateAuthorizationManager.class).authorize(() -> user(who), call);
  }

  private static Admission admit(ApplicationContext context, Task task) {
    return context.getBean(ToolGate.class).admit(List.of(call(context, task))).get(0);
  }

  private static ReasonCode reason(Admission admission) {
    assertThat(admission).isNotInstanceOf(AdmittedCall.class);
    return requireNonNull((Decision.Deny) admission.decision()).reason();
  }

  /** Tenants may have users of one name. */
  @Test
  void somebody_of_the_same_name_elsewhere_learns_nothing() {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    ToolCall call =
        gate.propose(
            new Proposal(
                gate.startTask(Intent.human("read"), null, Caller.of("acme", "alice"), null),
                gate.describe(new ToolDefinition("read", "", "", "test")),
                "{}",
                null,
                SpanOwner.GATE));
    Authentication alice =
        new TestingAuthenticationToken("alice", "x", AuthorityUtils.createAuthorityList("USER"));
    assertThat(asks(gate, "other", alice, call).reason()).isEqualTo(ReasonCode.TASK_MISMATCH);
    assertThat(asks(gate, "acme", alice, call).isGranted()).isTrue();
  }

  private static ToolAuthorization asks(
      ToolGate gate, String tenant, Authentication who, ToolCall call) {
    return new GateAuthorizationManager(() -> gate, new SignedInCallers(tenant, null))
        .authorize(() -> who, call);
  }
}
