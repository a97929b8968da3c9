package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.tollgate.ToolGate;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  interface Assistant {
    String chat(String message);
  }

  private final Office office = new Office();

  @BeforeEach
  @AfterEach
  void uninstall() {
    TollgateLangChain4j.uninstall();
  }

  private static ToolGate gate() {
    return TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
  }

  private ScriptedModel ask() {
    ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
    AiServices.builder(Assistant.class).chatModel(model).tools(office).build().chat("go");
    return model;
  }

  @Test
  void takesTheSameGateAgainAndNoOther() {
    try (ToolGate first = gate();
        ToolGate second = gate()) {
      TollgateLangChain4j.install(first);
      TollgateLangChain4j.install(first);
      assertThatThrownBy(() -> TollgateLangChain4j.install(second))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("uninstall()");
      assertThat(TollgateLangChain4j.gate()).isSameAs(first);
      TollgateLangChain4j.uninstall();
      TollgateLangChain4j.install(second);
      assertThat(TollgateLangChain4j.gate()).isSameAs(second);
    }
  }

  @Test
  void guardsAnAiServiceThatWasBuiltBeforeTheGate() {
    ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
    Assistant early = AiServices.builder(Assistant.class).chatModel(model).tools(office).build();
    try (ToolGate gate = gate()) {
      TollgateLangChain4j.install(gate);
      early.chat("go");
      assertThat(office.ran).containsExactly("delete a");
    }
  }

  @Test
  void recoversFromHavingNoneWhenOneIsInstalled() {
    ask();
    assertThat(office.ran).isEmpty();
    try (ToolGate gate = gate()) {
      TollgateLangChain4j.install(gate);
      ask();
      assertThat(office.ran).containsExactly("delete a");
    }
  }

  @Test
  void saysWhyThereIsNoGate() {
    assertThatThrownBy(TollgateLangChain4j::gate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("every tool call is denied")
        .hasMessageContaining("What was wrong: tollgate.keys.file is not set");
    try (ToolGate gate = gate()) {
      TollgateLangChain4j.install(gate);
      assertThat(TollgateLangChain4j.gate()).isSameAs(gate);
    }
  }

  @Test
  void doesNotTakeOverAnotherGatesTask() {
    try (ToolGate first = gate();
        ToolGate second = gate()) {
      TollgateLangChain4j.install(first);
      ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(office)
          .beforeToolExecution(
              before -> {
                TollgateLangChain4j.uninstall();
                TollgateLangChain4j.install(second);
              })
          .build()
          .chat("go");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("task_missing");
    }
  }

  @Test
  void makesAGateFromConfiguration(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    System.setProperty("tollgate.keys.file", keys.toString());
    try {
      ScriptedModel model = ask();
      assertThat(office.ran).isEmpty();
      // It is asked, and it is closed: nothing else is configured.
      assertThat(model.results().get(0).text())
          .contains("denied")
          .isNotEqualTo(Passage.NO_GATE.forModel());
      ToolGate made = TollgateLangChain4j.gate();
      try (ToolGate own = gate()) {
        assertThatThrownBy(() -> TollgateLangChain4j.install(own))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("from configuration");
      }
      TollgateLangChain4j.uninstall();
      assertThat(made.isClosed()).isTrue();
    } finally {
      System.clearProperty("tollgate.keys.file");
    }
  }

  @Test
  void makesNoneFromConfigurationThatTheFrameworkWouldNeverAsk(@TempDir Path folder)
      throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    System.setProperty("tollgate.keys.file", keys.toString());
    try {
      AiServiceContext foreign = new AiServiceContext(Assistant.class) {};
      Runnable slot = () -> CoverageProbe.slot(aiService -> foreign);
      InstalledGate unasked = new InstalledGate(() -> {}, slot);
      assertThat(unasked.current()).isNull();
      assertThat(unasked.missing())
          .hasMessageContaining("has the slot of LangChain4j's AiServiceContextFactory")
          .hasMessageContaining("contextFor");
      InstalledGate asked = new InstalledGate(() -> {}, slot);
      asked.onceBeforeUse();
      assertThat(asked.current()).isNotNull();
      asked.uninstall();
    } finally {
      System.clearProperty("tollgate.keys.file");
    }
  }
}
