package dev.tollgate.springai;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.springai.Callers.Chat;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.springai.task.ReactiveTask;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
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
  private final Callers callers;
  private final @Nullable AgentIdentity application;
  private final Intent.Source source;

  /**
   * @param application who acts where the chat names nobody and the gate has no agent configured
   */
  IntentAdvisor(Callers callers, @Nullable AgentIdentity application) {
    this(callers, application, Intent.Source.HUMAN);
  }

  private IntentAdvisor(
      Callers callers, @Nullable AgentIdentity application, Intent.Source source) {
    this.callers = callers;
    this.application = application;
    this.source = source;
  }

  /** The same for words that nobody says a person wrote. */
  IntentAdvisor unattested() {
    return new IntentAdvisor(callers, application, Intent.Source.EVENT);
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Task task = enclosing(request, Context.empty());
    Chat chat = task == null ? chat(request) : null;
    if (chat != null) {
      task = callers.start(chat, caller(request, Context.empty()));
    }
    ProviderTools.decide(callers.gate(), task, request.prompt().getOptions());
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
          Task enclosing = enclosing(request, context);
          if (enclosing != null) {
            return answers(request, chain, enclosing);
          }
          Chat chat = chat(request);
          if (chat == null) {
            return answers(request, chain, null);
          }
          Caller said = caller(request, context);
          return said == null
              ? callers.startReactive(chat).flatMapMany(task -> answers(request, chain, task))
              : answers(request, chain, callers.start(chat, said));
        });
  }

  private Flux<ChatClientResponse> answers(
      ChatClientRequest request, StreamAdvisorChain chain, @Nullable Task task) {
    ProviderTools.decide(callers.gate(), task, request.prompt().getOptions());
    Flux<ChatClientResponse> answers = chain.nextStream(request);
    return task == null ? answers : answers.contextWrite(more -> ReactiveTask.with(task, more));
  }

  /** The task that the chat is part of. */
  private @Nullable Task enclosing(ChatClientRequest request, ContextView context) {
    Task reactive = ReactiveTask.in(context);
    Task here = CarriedTask.here().task();
    Task enclosing = reactive == null ? here : CarriedTask.innermost(reactive, here);
    AgentIdentity agent = agent(request);
    return enclosing == null || agent == null ? enclosing : enclosing.withAgent(agent);
  }

  /** {@code null} if nobody asked for anything: calls are denied with task_missing. */
  private @Nullable Chat chat(ChatClientRequest request) {
    Intent intent = intent(request);
    if (intent == null) {
      return null;
    }
    AgentIdentity agent = agent(request);
    Object conversation = request.context().get(ChatMemory.CONVERSATION_ID);
    return new Chat(
        intent,
        agent == null ? application : agent,
        conversation == null ? null : conversation.toString());
  }

  private @Nullable Intent intent(ChatClientRequest request) {
    Object said = request.context().get(TollgateAdvisorParams.INTENT);
    if (said instanceof Intent intent) {
      return intent;
    }
    if (said != null) {
      throw new IllegalArgumentException(TollgateAdvisorParams.INTENT + " must be an Intent");
    }
    String text = request.prompt().getUserMessage().getText();
    return text == null || text.isBlank() ? null : new Intent(source, text);
  }

  /** As the chat says it, or whoever opened one around it. */
  private static @Nullable Caller caller(ChatClientRequest request, ContextView context) {
    Object said = request.context().get(TollgateAdvisorParams.CALLER);
    if (said == null && context.hasKey(TollgateAdvisorParams.CALLER)) {
      said = context.<Object>get(TollgateAdvisorParams.CALLER);
    }
    if (said == null) {
      return Caller.current();
    }
    if (said instanceof Caller caller) {
      return caller;
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
