package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.config.ConfigurationException;
import java.util.List;

/**
 * A gate for a framework that builds AI services in a way of its own, such as Quarkus, and so never
 * asks the adapter for a context. The host wraps what runs tools, and tells when invocations begin
 * and end; a call of an invocation that it did not tell of is denied. Thread-safe.
 */
public final class HostedGate {
  private final Installation installation;
  private final Passage passage;

  /**
   * @throws ConfigurationException if the settings ask for what only LangChain4j's own loop allows
   */
  public HostedGate(ToolGate gate, AdapterSettings settings) {
    refuse(settings.denied() == Denied.ABORT, "tollgate.denied", "abort");
    refuse(!settings.approvalWait().isZero(), "tollgate.approval.wait", "a time");
    refuse(settings.strictness() == Strictness.WOVEN, "tollgate.strict", "woven");
    this.installation = Installation.of(gate, settings);
    this.passage = new Passage(() -> installation, () -> false);
  }

  private static void refuse(boolean asked, String key, String value) {
    if (asked) {
      throw new ConfigurationException(key, value + " is not possible in this framework");
    }
  }

  /** A tool behind the gate; what already is comes back as it is. */
  public ToolExecutor guard(ToolSpecification specification, ToolExecutor tool) {
    return tool instanceof GatedExecutor
        ? tool
        : new GuardedToolExecutor(tool, ToolDefinitions.of(List.of(specification), tool), passage);
  }

  /** A provider whose tools are behind the gate. */
  public ToolProvider guard(ToolProvider provider) {
    return new GuardedToolProvider(provider, passage);
  }

  /**
   * An invocation begins, with the words of its user.
   *
   * @param remembered whether the AI service has a chat memory, so that turns belong together
   */
  public void started(Class<?> aiService, boolean remembered, AiServiceStartedEvent event) {
    UnguardedAiServiceContext service = new UnguardedAiServiceContext(aiService);
    if (remembered) {
      service.initChatMemories(
          id -> {
            throw new IllegalStateException("the host's memory is not ours to read");
          });
    }
    new TaskCapture(service, () -> installation).listenTo(service.eventListenerRegistrar);
    service.eventListenerRegistrar.fireEvent(event);
  }

  /** An invocation has ended, with an answer or an error. */
  public void ended(InvocationContext invocation) {
    installation.tasks().end(invocation, installation.gate());
  }
}
