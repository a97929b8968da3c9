package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Starts a chat's task on behalf of whoever the chat, or the runtime, says. */
final class Callers {
  private final Supplier<ToolGate> gate;
  private final Supplier<@Nullable CallerSource> thread;
  private final Supplier<@Nullable ReactiveCallerSource> stream;

  Callers(
      Supplier<ToolGate> gate,
      Supplier<@Nullable CallerSource> thread,
      Supplier<@Nullable ReactiveCallerSource> stream) {
    this.gate = gate;
    this.thread = thread;
    this.stream = stream;
  }

  Supplier<ToolGate> gate() {
    return gate;
  }

  /** What is known of a chat when it starts. */
  record Chat(Intent intent, @Nullable AgentIdentity agent, @Nullable String conversation) {}

  /** On behalf of the one that was said, or whoever is signed in on this thread. */
  Task start(Chat chat, @Nullable Caller said) {
    CallerSource source = said == null ? thread.get() : null;
    try {
      return started(chat, source == null ? said : source.current());
    } catch (NotSignedInException e) {
      return nobodys(chat);
    }
  }

  /** On behalf of whoever is signed in where the stream is subscribed to, else on its thread. */
  Mono<Task> startReactive(Chat chat) {
    ReactiveCallerSource source = stream.get();
    if (source == null) {
      return Mono.fromSupplier(() -> start(chat, null));
    }
    return source
        .current()
        .map(caller -> started(chat, caller))
        .onErrorResume(NotSignedInException.class, nobody -> Mono.just(nobodys(chat)))
        .switchIfEmpty(Mono.fromSupplier(() -> start(chat, null)));
  }

  /** {@code null} leaves it to the gate: its own way to find one, then the default one. */
  private Task started(Chat chat, @Nullable Caller caller) {
    return gate.get().startTask(chat.intent(), chat.agent(), caller, chat.conversation());
  }

  private Task nobodys(Chat chat) {
    return gate.get().startTaskOfNobody(chat.intent(), chat.agent(), chat.conversation());
  }
}
