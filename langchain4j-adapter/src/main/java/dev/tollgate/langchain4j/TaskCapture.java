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
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a task when an AI service is called, and ends it with the invocation. */
final class TaskCapture {
  private final AiServiceContext service;
  private final Supplier<@Nullable Installation> installation;

  TaskCapture(AiServiceContext service, Supplier<@Nullable Installation> installation) {
    this.service = service;
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
    Task outer = Task.current();
    if (outer != null) {
      // An agent called by a tool: a model wrote its message, and a model's text is no intent.
      return outer.withAgent(named);
    }
    return current
        .gate()
        .startTask(
            new Intent(source(invocation), words(event.userMessage())),
            named,
            null,
            conversation(invocation));
  }

  /**
   * Inside an agentic system the message is made from a template and other agents' answers, and
   * nothing says which: it may start work, but it is nobody's word.
   */
  private static Intent.Source source(InvocationContext invocation) {
    @Nullable Map<?, ?> agentic = invocation.managedParameters();
    return agentic == null || agentic.isEmpty() ? Intent.Source.HUMAN : Intent.Source.EVENT;
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
