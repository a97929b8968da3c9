package dev.tollgate.compatibility;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.AiServices;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.junit.jupiter.api.Test;

/** On a line whose tool calls would not pass the gate nothing starts. */
class RefusedTest {
  interface Assistant {
    String chat(String message);
  }

  private static final String WHAT_TO_DO = "Use LangChain4j 1.14.1 to 1.19.0";

  @Test
  void installsNoGate() {
    try (ToolGate gate =
        TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build()) {
      assertThatThrownBy(() -> TollgateLangChain4j.install(gate))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("LangChain4j 1.12.2 has no ToolService.createContext")
          .hasMessageContaining(WHAT_TO_DO);
    }
  }

  @Test
  void buildsNoAiServiceWithoutAGateEither() {
    assertThatThrownBy(() -> AiServices.builder(Assistant.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(WHAT_TO_DO);
  }
}
