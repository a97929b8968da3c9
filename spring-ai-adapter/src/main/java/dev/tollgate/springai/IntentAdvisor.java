package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Captures what the user asked for, before retrieval, memory or anything else touches it, and
 * carries it as the chat's task. A chat inside a task continues that task: what a model wrote never
 * becomes an intent.
 */
final class IntentAdvisor implements CallAdvisor, StreamAdvisor, PriorityOrdered {
  private final Supplier<ToolGate> gate;
  private final @Nullable AgentIdentity application;

  /**
   * @param application who acts where the chat names nobody and the gate has no agent configured
   */
  IntentAdvisor(Supplier<ToolGate> gate, @Nullable AgentIdentity application) {
    this.gate = gate;
    this.application = application;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Task task = task(request, Context.empty());
    if (task == null) {
      return chain.nextCall(request);
    }
    try (Scope carried = CarriedTask.put(task)) {
      return chain.nextCall(request);
    }
  }

  /** Spring AI calls this at subscription, so each subscription is a task of its own. */
  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Flux.deferContextual(
        context -> {
          Task task = task(request, context);
          Flux<ChatClientResponse> answers = chain.nextStream(request);
          return task == null
              ? answers
              : answers.contextWrite(more -> more.put(CarriedTask.KEY, task));
        });
  }

  private @Nullable Task task(ChatClientRequest request, ContextView context) {
    AgentIdentity agent = agent(request);
    Task reactive = ReactiveTask.in(context);
    Task here = CarriedTask.here().task();
    Task enclosing = reactive == null ? here : CarriedTask.innermost(reactive, here);
    if (enclosing != null) {
      return agent == null ? enclosing : enclosing.withAgent(agent);
    }
    String text = request.prompt().getUserMessage().getText();
    if (text == null || text.isBlank()) {
      return null; // nobody asked for anything: calls are denied with task_missing
    }
    Object conversation = request.context().get(ChatMemory.CONVERSATION_ID);
    return gate.get()
        .startTask(
            Intent.human(text),
            agent == null ? application : agent,
            caller(request, context),
            conversation == null ? null : conversation.toString());
  }

  /** {@code null} leaves it to the gate: the caller open on this thread, then the default one. */
  private static @Nullable Caller caller(ChatClientRequest request, ContextView context) {
    Object said = request.context().get(TollgateAdvisorParams.CALLER);
    if (said == null && context.hasKey(TollgateAdvisorParams.CALLER)) {
      said = context.<Object>get(TollgateAdvisorParams.CALLER);
    }
    if (said == null || said instanceof Caller) {
      return (Caller) said;
    }
    throw new IllegalArgumentException(TollgateAdvisorParams.CALLER + " must be a Caller");
  }

  private static @Nullable AgentIdentity agent(ChatClientRequest request) {
    Object said = request.context().get(TollgateAdvisorParams.AGENT);
    if (said == null || said instanceof AgentIdentity) {
      return (AgentIdentity) said;
    }
    return AgentIdentity.of(said.toString());
  }

  @Override
  public String getName() {
    return "tollgate-intent";
  }

  /** Before all others, also before one that has the same order: this one is priority-ordered. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
