package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoverageProbeTest {
  interface Assistant {
    String chat(String message);
  }

  @BeforeEach
  @AfterEach
  void uninstall() {
    TollgateLangChain4j.uninstall();
  }

  @Test
  void findsTheAdapterWithoutALineOfCode() {
    assertThat(ServiceLoader.load(AiServiceContextFactory.class))
        .hasOnlyElementsOfType(GuardedContextFactory.class);
    assertThat(AiServiceContext.create(Assistant.class).toolService)
        .isInstanceOf(GuardedToolService.class);
    assertThatCode(() -> CoverageProbe.slot(AiServiceContext::create)).doesNotThrowAnyException();
  }

  @Test
  void leavesARecordOfTheProbeCall() {
    RecordingAuditSink audit = new RecordingAuditSink();
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).observe(true).build()) {
      TollgateLangChain4j.install(gate);
      assertThat(audit.records(AuditRecord.Proposed.class))
          .extracting(AuditRecord.Proposed::tool)
          .containsExactly("tollgate_probe");
      assertThat(audit.records(AuditRecord.Dispatched.class)).isEmpty();
    }
  }

  private static final class OtherContext extends AiServiceContext {
    OtherContext(Class<?> service) {
      super(service);
    }
  }

  @Test
  void refusesWhenAnotherProviderHasTheSlot() {
    assertThatThrownBy(() -> CoverageProbe.slot(OtherContext::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(OtherContext.class.getName())
        .hasMessageContaining("installForContexts");
  }

  @Test
  void guardsAContextThatIsAskedForByName() {
    RecordingAuditSink audit = new RecordingAuditSink();
    Office office = new Office();
    try (ToolGate gate = TestGates.gate(ScriptedPolicy.denying("delete"), audit).build()) {
      TollgateLangChain4j.installForContexts(gate);
      ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
      AiServices.<Assistant>builder(TollgateLangChain4j.contextFor(Assistant.class))
          .chatModel(model)
          .tools(office)
          .build()
          .chat("go");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("policy_forbidden");
    }
  }

  /** As it was in LangChain4j 1.12: an override would never be called. */
  @SuppressWarnings("unused")
  static class OldToolService {
    public ToolServiceContext createContext(
        InvocationContext context, UserMessage message, ChatMemory memory) {
      throw new UnsupportedOperationException();
    }
  }

  /** The last of the three cannot be overridden. */
  @SuppressWarnings("unused")
  static class SealedToolService {
    public ToolServiceContext createContext(
        InvocationContext context, UserMessage message, List<?> messages) {
      throw new UnsupportedOperationException();
    }

    public ToolExecutionResult executeTool(
        InvocationContext context,
        Map<?, ?> executors,
        ToolExecutionRequest request,
        Consumer<?> before,
        Consumer<?> after) {
      throw new UnsupportedOperationException();
    }

    public final ToolExecutionResult applyToolHallucinationStrategy(ToolExecutionRequest request) {
      return ToolExecutionResult.builder().resultText(request.name()).build();
    }
  }

  @Test
  void refusesAFrameworkThatWouldNotAsk() {
    assertThatCode(() -> CoverageProbe.signatures(ToolService.class)).doesNotThrowAnyException();
    assertThatThrownBy(() -> CoverageProbe.signatures(OldToolService.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "LangChain4j " + System.getProperty("langchain4j.version") + " has no")
        .hasMessageContaining("createContext(InvocationContext, UserMessage, List)");
    assertThatThrownBy(() -> CoverageProbe.signatures(SealedToolService.class))
        .hasMessageContaining("applyToolHallucinationStrategy");
  }

  @Test
  void refusesACallThatDoesNotComeThrough() {
    assertThatThrownBy(() -> CoverageProbe.call(new OtherContext(CoverageProbe.Probe.class), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not come through");
  }

  @Test
  void buildsNoAiServiceThatIsNotCovered() {
    InstalledGate broken =
        new InstalledGate(
            () -> {
              throw new NoSuchMethodError("createContext");
            },
            () -> {});
    assertThatThrownBy(broken::onceBeforeUse)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("createContext");
    try (ToolGate gate =
        TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build()) {
      assertThatThrownBy(
              () -> broken.install(Installation.of(gate, AdapterSettings.DEFAULT), () -> {}))
          .isInstanceOf(IllegalStateException.class);
      assertThat(broken.peek()).isNull();
    }
  }
}
