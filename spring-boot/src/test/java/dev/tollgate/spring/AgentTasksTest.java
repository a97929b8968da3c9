package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** On whose behalf a job works; alice is configured. */
class AgentTasksTest {
  private static final Intent SUM = Intent.human("sum up the day");

  private ToolResult asked(@Nullable CallerSource source, @Nullable Caller said) {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    ApplicationContextRunner application =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AgentTasksAutoConfiguration.class))
            .withBean(ToolGate.class, () -> gate);
    AtomicReference<@Nullable ToolResult> result = new AtomicReference<>();
    (source == null ? application : application.withBean(CallerSource.class, () -> source))
        .run(
            context -> {
              try (Scope open = context.getBean(AgentTasks.class).asked(SUM, said)) {
                result.set(call(gate));
              }
            });
    ToolResult found = result.get();
    assertThat(found).isNotNull();
    return found;
  }

  /** A tool that says who it runs for. */
  private static ToolResult call(ToolGate gate) {
    return gate.call(
        gate.propose(
            new Proposal(
                Task.current(),
                gate.describe(new ToolDefinition("sum_up", "", "", "test")),
                "{}",
                "1",
                SpanOwner.GATE)),
        arguments -> ToolResult.returned(String.valueOf(Task.current())));
  }

  private static void assertFor(String subject, ToolResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ToolResult.Returned.class, returned -> assertThat(returned.text()).contains(subject));
  }

  private static CallerSource nobody() {
    return () -> {
      throw new NotSignedInException("nobody is signed in");
    };
  }

  @Test
  void where_nobody_is_signed_in_nothing_runs_and_the_configured_caller_does_not_step_in() {
    assertThat(asked(nobody(), null))
        .isInstanceOfSatisfying(
            ToolResult.Denied.class,
            denied ->
                assertThat(denied.denial().reason())
                    .isIn(ReasonCode.TENANT_MISSING, ReasonCode.SUBJECT_MISSING));
  }

  @Test
  void whoever_the_job_names_needs_nobody_signed_in() {
    assertFor("bob", asked(nobody(), Caller.of("acme", "bob")));
  }

  @Test
  void a_caller_that_is_open_comes_before_whoever_is_signed_in() {
    try (Scope open = Caller.of("acme", "bob").open()) {
      assertFor("bob", asked(() -> Caller.of("acme", "carol"), null));
    }
  }

  @Test
  void without_anyone_who_knows_it_is_the_configured_caller() {
    assertFor("alice", asked(null, null));
    assertFor("alice", asked(() -> null, null));
  }
}
