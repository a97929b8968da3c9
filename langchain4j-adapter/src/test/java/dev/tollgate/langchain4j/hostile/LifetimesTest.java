package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.READ;
import static dev.tollgate.testkit.BesiegedGate.WOVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.Admission;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.langchain4j.ToolDeniedException;
import dev.tollgate.langchain4j.hostile.Puppet.Chat;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uses what has ended: gates, tasks, runs, decisions and credentials. */
@Tag("woven")
@Timeout(60)
class LifetimesTest {
  private static final URI HERE = URI.create("https://here.example/x");

  /** Reads twice: in one response, and once more in the next. */
  private static Chat reads(Siege siege, Runnable inBetween) {
    Map<ToolSpecification, ToolExecutor> tools = siege.tools(PAY);
    tools.put(
        Siege.specification(READ),
        (request, memoryId) -> {
          String text = siege.runs(READ);
          inBetween.run();
          return text;
        });
    return AiServices.builder(Chat.class)
        .chatModel(
            Puppet.plays(
                AiMessage.from(Puppet.call("1", READ), Puppet.call("2", READ)),
                AiMessage.from(Puppet.call("3", READ))))
        .tools(tools)
        .build();
  }

  /** What was decided together in one response is lost with the gate, too. */
  @Test
  void aGateThatIsTakenAwayInTheMiddleOfARunDeniesWhatComesNext() {
    try (Siege siege = new Siege()) {
      assertThat(reads(siege, TollgateLangChain4j::uninstall).chat("go")).isEqualTo("done");
      assertThat(siege.bodies).hasSize(1);
      siege.holds();
    }
  }

  /** Known limit: it takes one call to switch the gate off, but what was built before is denied. */
  @Test
  void switchingTheGateOffInTheMiddleOfARunOpensNothingForThatService() {
    try (Siege siege = new Siege()) {
      Chat chat =
          reads(
              siege,
              () -> {
                TollgateLangChain4j.uninstall();
                TollgateLangChain4j.switchOff();
              });
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).hasSize(1);
      siege.holds();
    }
  }

  /** Known limit: static state of the process. There is no gate then, and no credential. */
  @Test
  void servicesThatAreBuiltAfterTheGateWasSwitchedOffEscapeWithoutACredential() {
    try (Siege siege = new Siege()) {
      TollgateLangChain4j.uninstall();
      TollgateLangChain4j.switchOff();
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks(PAY))
              .tools(siege.tools(PAY))
              .build();
      assertThat(chat.chat("go")).isEqualTo("done");
      siege.escaped(PAY);
    }
  }

  @Test
  void aClosedGateDenies() {
    try (Siege siege = new Siege()) {
      Chat chat = reads(siege, () -> {});
      siege.gate.close();
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  @Test
  void aTaskThatIsRevokedInTheMiddleOfATurnRunsNoFurtherCall() {
    try (Siege siege = new Siege()) {
      Chat chat =
          reads(
              siege,
              () ->
                  siege
                      .gate
                      .killSwitch()
                      .revoke(
                          RevocationTarget.task("acme", siege.audit.entries().get(0).taskId()),
                          "carol"));
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).hasSize(1);
      assertThat(siege.refused()).contains("task_revoked");
      siege.holds();
    }
  }

  @Test
  void aThreadThatIsInterruptedRunsNothingUndecided() {
    AdapterSettings waiting =
        new AdapterSettings(Strictness.TRUE, Denied.RESULT, Duration.ofMinutes(5), true);
    try (Siege siege = new Siege(waiting)) {
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks(Siege.SIGN))
              .tools(siege.tools(Siege.SIGN))
              .build();
      Thread.currentThread().interrupt();
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  @Test
  void aCredentialThatABodyKeepsIsWorthNothingAfterTheCall() {
    try (Siege siege = new Siege()) {
      List<CallCredential> kept = new ArrayList<>();
      List<String> used = new ArrayList<>();
      Chat chat =
          reads(
              siege,
              () -> {
                kept.add(CallCredential.current().orElseThrow());
                used.add(
                    kept.get(0) == kept.get(kept.size() - 1)
                        ? kept.get(0).bearer(SecretAccess.granted(), HERE, token -> token)
                        : "");
              });
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(kept).hasSize(3).doesNotHaveDuplicates();
      assertThat(used).containsExactly("token-1", "", "");
      for (CallCredential credential : kept) {
        assertThatThrownBy(() -> credential.bearer(SecretAccess.granted(), HERE, token -> token))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(CallCredential.current()).isEmpty();
      siege.holds();
    }
  }

  @Test
  void aDecisionIsGoodForOneCallAndForTheGateThatMadeIt() {
    Admission used;
    try (Siege siege = new Siege()) {
      used = admission(siege);
      assertThat(siege.gate.execute(used, arguments -> ToolResult.returned(siege.runs(READ))))
          .isInstanceOf(ToolResult.Returned.class);
      assertThat(siege.gate.execute(used, arguments -> ToolResult.returned(siege.runs(READ))))
          .isInstanceOf(ToolResult.Denied.class);
      siege.holds();
    }
    try (Siege before = new Siege()) {
      used = admission(before);
    }
    try (Siege siege = new Siege()) {
      try {
        assertThat(siege.gate.execute(used, arguments -> ToolResult.returned(siege.runs(READ))))
            .isInstanceOf(ToolResult.Denied.class);
      } catch (IllegalArgumentException | IllegalStateException refused) {
        assertThat(refused).isNotNull();
      }
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  private static Admission admission(Siege siege) {
    Task task = siege.task();
    Tool tool = siege.gate.describe(new ToolDefinition(READ, "", "", "here"));
    return siege
        .gate
        .admit(List.of(siege.gate.propose(new Proposal(task, tool, "{}", "1", SpanOwner.GATE))))
        .get(0);
  }

  /** A loop of one's own that takes no notice of the end: each call is a call of its own. */
  @Test
  void aLoopThatGoesOnAfterItWasAbortedRunsNothingUndecided() {
    AdapterSettings abort = new AdapterSettings(Strictness.TRUE, Denied.ABORT, Duration.ZERO, true);
    try (Siege siege = new Siege(abort);
        Scope task = siege.task().open()) {
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(
                  Puppet.plays(
                      AiMessage.from(Puppet.call("1", PAY)), AiMessage.from(Puppet.call("2", PAY))))
              .tools(siege.tools(PAY))
              .build();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> chat.chat("go")).isInstanceOf(ToolDeniedException.class);
      }
      ToolExecutor raw = siege.body(PAY);
      try {
        assertThat(raw.execute(Puppet.call("3", PAY), "m")).isNotNull();
      } catch (ToolDeniedException denied) {
        assertThat(WOVEN).isTrue();
      }
      siege.escapedUnlessWoven(PAY);
    }
  }

  /** An executor that keeps tasks back until the run is over. */
  @Test
  void aCallThatIsRunAfterItsRunHasEndedIsDenied() {
    try (Siege siege = new Siege()) {
      List<Runnable> late = new ArrayList<>();
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks(Puppet.call("1", READ), Puppet.call("2", READ)))
              .tools(siege.tools(READ))
              .executeToolsConcurrently(
                  task -> {
                    if (!late.isEmpty()) {
                      throw new IllegalStateException("full");
                    }
                    late.add(task);
                  })
              .build();
      assertThatThrownBy(() -> chat.chat("go")).hasMessageContaining("full");
      late.get(0).run();
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }
}
