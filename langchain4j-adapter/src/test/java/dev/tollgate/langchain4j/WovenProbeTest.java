package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.langchain4j.app.Desk;
import dev.tollgate.langchain4j.app.Loops;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code tollgate.strict=woven} demands at the start. */
@Tag("woven")
class WovenProbeTest {
  private static final AdapterSettings STRICT =
      new AdapterSettings(Strictness.WOVEN, AdapterSettings.Denied.RESULT, Duration.ZERO, true);

  private final RecordingAuditSink audit = new RecordingAuditSink();

  @BeforeEach
  @AfterEach
  void uninstall() {
    TollgateLangChain4j.uninstall();
  }

  @Test
  void startsOnlyWithTheWeaver() {
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build()) {
      if (WOVEN) {
        TollgateLangChain4j.install(gate, STRICT);
        assertThat(TollgateLangChain4j.gate()).isSameAs(gate);
        assertThat(audit.records(AuditRecord.Proposed.class))
            .extracting(AuditRecord.Proposed::tool)
            .containsOnly(ProbeModel.TOOL)
            .hasSize(2);
      } else {
        assertThatThrownBy(() -> TollgateLangChain4j.install(gate, STRICT))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("-javaagent:aspectjweaver.jar")
            .hasMessageContaining("dev.aspectj:aspectj-maven-plugin")
            .hasMessageContaining("docs/weaving.md");
        assertThatThrownBy(TollgateLangChain4j::gate).isInstanceOf(IllegalStateException.class);
      }
      assertThat(audit.records(AuditRecord.Dispatched.class)).isEmpty();
    }
  }

  @Test
  void startsWithoutTheWeaverWhereNobodyDemandsIt() {
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build()) {
      TollgateLangChain4j.install(gate);
      assertThat(TollgateLangChain4j.gate()).isSameAs(gate);
    }
  }

  @Test
  void refusesAWeaverThatLeavesTheFrameworkOut() {
    WovenProbe left =
        new WovenProbe(
            () -> true,
            (request, tool) ->
                ToolExecutionResult.builder().resultText(tool.run(request, "")).build());
    assertThatThrownBy(() -> left.check(Strictness.WOVEN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dev.langchain4j..*");
    assertThatCode(() -> left.check(Strictness.TRUE)).doesNotThrowAnyException();
  }

  @Test
  void findsTheFrameworkWovenExactlyWhereItIs() {
    WovenProbe probe = new WovenProbe(() -> true, WovenProbe.REAL.framework());
    if (WOVEN) {
      assertThatCode(() -> probe.check(Strictness.WOVEN)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> probe.check(Strictness.WOVEN))
          .hasMessageContaining("LangChain4j's own classes are not woven");
    }
  }

  interface Assistant {
    String chat(String message);
  }

  @Test
  void offersNoToolThatTheWeaverLeftOut() {
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build()) {
      Installation strict = Installation.of(gate, STRICT);
      List<ToolExecutor> seen = List.of(Loops.executor(new Desk(), "book"));
      List<ToolExecutor> leftOut = List.of(Loops.executor(new Office(), "send"));
      List<ToolExecutor> noMethod = List.of(Loops.around(seen.get(0)));
      if (WOVEN) {
        assertThatCode(() -> WovenTools.check(seen, strict)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> WovenTools.check(seen, strict)).hasMessageContaining("book");
      }
      assertThatThrownBy(() -> WovenTools.check(leftOut, strict))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Office.send")
          .hasMessageContaining("docs/weaving.md");
      assertThatCode(() -> WovenTools.check(noMethod, strict)).doesNotThrowAnyException();
      assertThatCode(
              () -> WovenTools.check(leftOut, Installation.of(gate, AdapterSettings.DEFAULT)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void runsNoAiServiceWithSuchATool() {
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build()) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(ScriptedModel.calls("send", "{\"to\":\"bob\",\"text\":\"x\"}"))
              .tools(new Office())
              .build();
      if (WOVEN) {
        TollgateLangChain4j.install(gate, STRICT);
        assertThatThrownBy(() -> assistant.chat("go")).hasMessageContaining("Office");
      } else {
        TollgateLangChain4j.install(gate);
        assertThat(assistant.chat("go")).isEqualTo("done");
      }
    }
  }
}
