package dev.tollgate.langchain4j;

import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.AiServiceListenerRegistrar;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.listener.AiServiceCompletedListener;
import dev.langchain4j.observability.api.listener.AiServiceErrorListener;
import dev.langchain4j.observability.api.listener.AiServiceResponseReceivedListener;
import dev.langchain4j.observability.api.listener.AiServiceStartedListener;
import dev.langchain4j.service.AiServiceContext;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.delegate.DeclaredGrant;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a task when an AI service is called, and ends it with the invocation. */
final class TaskCapture {
  private final AiServiceContext service;
  private final DeclaredGrant declared;
  private final Supplier<@Nullable Installation> installation;

  /**
   * @throws IllegalArgumentException if what the service declares cannot be read
   */
  TaskCapture(AiServiceContext service, Supplier<@Nullable Installation> installation) {
    this.service = service;
    this.declared = DeclaredGrant.on(service.aiServiceClass);
    this.installation = installation;
  }

  void listenTo(AiServiceListenerRegistrar events) {
    AiServiceStartedListener started = this::started;
    AiServiceCompletedListener completed = event -> ended(event.invocationContext());
    AiServiceErrorListener failed = event -> ended(event.invocationContext());
    AiServiceResponseReceivedListener answered = this::answered;
    events.register(started);
    events.register(answered);
    events.register(completed);
    events.register(failed);
  }

  private void started(AiServiceStartedEvent event) {
    Installation current = installation.get();
    if (current != null) {
      current.tasks().begin(event.invocationContext(), task(current, event));
    }
  }

  private void answered(AiServiceResponseReceivedEvent event) {
    Installation current = installation.get();
    AgentRun run = current == null ? null : current.tasks().run(event.invocationContext());
    if (current != null && run != null) {
      run.proposed(current.gate(), event.response().aiMessage().toolExecutionRequests());
    }
  }

  private Task task(Installation current, AiServiceStartedEvent event) {
    InvocationContext invocation = event.invocationContext();
    AgentIdentity named = AgentIdentity.of(service.aiServiceClass.getSimpleName());
    Grant grant = declared.with(service.toolService.toolProviders());
    Task task = AgenticWork.around(invocation);
    if (task != null) {
      // An agent called by a tool: a model wrote its message, and a model's text is no intent.
      task = grant == null ? task.withAgent(named) : task;
    } else {
      // Who hands work on is somebody else than who gets it.
      task = begun(current, event, grant == null ? named : null);
    }
    return grant == null ? task : current.handedOn().hand(current.gate(), task, grant);
  }

  private Task begun(
      Installation current, AiServiceStartedEvent event, @Nullable AgentIdentity named) {
    InvocationContext invocation = event.invocationContext();
    String words = words(event.userMessage());
    Task agentic =
        AgenticWork.begun(current.gate(), service.aiServiceClass, invocation, words, named);
    return agentic != null
        ? agentic
        : current
            .gate()
            .startTask(
                new Intent(AgenticWork.source(invocation), words),
                named,
                null,
                conversation(invocation));
  }

  /** What was typed. What was attached is content, not intent. */
  private static String words(UserMessage message) {
    return message.contents().stream()
        .filter(TextContent.class::isInstance)
        .map(content -> ((TextContent) content).text())
        .collect(Collectors.joining("\n"));
  }

  /** Without a memory every invocation has the id "default": not a conversation. */
  private @Nullable String conversation(InvocationContext invocation) {
    return service.hasChatMemory() ? String.valueOf(invocation.chatMemoryId()) : null;
  }

  private void ended(InvocationContext invocation) {
    Installation current = installation.get();
    if (current != null) {
      current.tasks().end(invocation, current.gate());
    }
  }
}
