package dev.tollgate.quarkus;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.tollgate.langchain4j.HostedGate;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Captures what users ask for. An exception here leaves the invocation without a task: denied. */
@Singleton
class Invocations {
  // What quarkus-langchain4j calls a conversation where there is no memory.
  private static final String NO_MEMORY = "default";
  private final HostedGate gate;

  @Inject
  Invocations(HostedGate gate) {
    this.gate = gate;
  }

  void started(@Observes AiServiceStartedEvent event) throws ClassNotFoundException {
    InvocationContext invocation = event.invocationContext();
    gate.started(
        Thread.currentThread().getContextClassLoader().loadClass(invocation.interfaceName()),
        !NO_MEMORY.equals(invocation.chatMemoryId()),
        event);
  }

  void completed(@Observes AiServiceCompletedEvent event) {
    gate.ended(event.invocationContext());
  }

  void failed(@Observes AiServiceErrorEvent event) {
    gate.ended(event.invocationContext());
  }
}
