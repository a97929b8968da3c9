package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import dev.tollgate.spring.StartReport;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.task.Intent;
import dev.tollgate.telemetry.DecidedCall;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is shown of names that others chose, and how many of them. */
class GateViewTest {
  /** Ends a line, turns the reading direction round, and colours a terminal. */
  private static final String FORGED = "pay\n\u202edetimrep\u001b[2K";

  /** As a tool server names its tools. */
  private record Paths(List<CoveredPath> paths) implements CoveredPaths {
    @Override
    public String framework() {
      return "test";
    }
  }

  private static void view(BiConsumer<GateView, RecentDecisions> look) {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
        .withBean(ToolGate.class, () -> gate)
        .withBean(CoveredPaths.class, () -> new Paths(List.of(CoveredPath.covered(FORGED, FORGED))))
        .run(
            context -> {
              try (RecentDecisions decisions = new RecentDecisions(gate, Clock.systemUTC())) {
                look.accept(
                    new GateView(gate, context.getBean(StartReport.class), decisions), decisions);
              }
            });
  }

  @Test
  void names_that_others_chose_forge_nothing() {
    view(
        (view, decisions) -> {
          decisions.decided(new DecidedCall("c1", FORGED, FORGED, FORGED, "permit", "", true));
          assertThat(view.shown(true).toString())
              .contains("pay", "detimrep")
              .doesNotContain("\n", "\u202e", "\u001b");
        });
  }

  @Test
  void only_the_last_decisions_are_remembered_the_newest_first() {
    view(
        (view, decisions) -> {
          for (int i = 0; i <= 100; i++) {
            decisions.decided(
                new DecidedCall("c" + i, "read", "acme", "agent", "permit", "", true));
          }
          assertThat(view.shown(true))
              .extractingByKey("decisions", InstanceOfAssertFactories.LIST)
              .hasSize(100)
              .first()
              .asString()
              .contains("decisionId=c100");
          assertThat(view.shown(false)).doesNotContainKey("decisions");
        });
  }

  /** A gate that is the application's own may live longer. */
  @Test
  void what_is_decided_after_the_endpoint_is_gone_is_not_kept() {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    RecentDecisions decisions = new RecentDecisions(gate, Clock.systemUTC());
    decides(gate);
    assertThat(decisions.newestFirst()).hasSize(1);
    decisions.close();
    decides(gate);
    assertThat(decisions.newestFirst()).hasSize(1);
  }

  private static void decides(ToolGate gate) {
    ToolCall call =
        gate.propose(
            new Proposal(
                gate.startTask(Intent.human("read"), null, null, "c"),
                gate.describe(new ToolDefinition("read", "", "", "test")),
                "{}",
                "1",
                SpanOwner.GATE));
    assertThat(gate.call(call, arguments -> ToolResult.returned("read"))).isNotNull();
  }
}
