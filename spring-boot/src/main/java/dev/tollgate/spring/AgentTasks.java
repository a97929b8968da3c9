package dev.tollgate.spring;

import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what a job was asked for, where no user's message does: a schedule, a listener, a run of
 * several chats. Thread-safe.
 *
 * <pre>{@code
 * try (Scope asked = tasks.asked(new Intent(Intent.Source.OPERATOR, "sum up the day"), caller)) {
 *   chatClient.prompt().user(prompt).call();
 * }
 * }</pre>
 *
 * Everything that agents do within, on this thread, is that one task. Whatever message they are
 * called with is then no intent.
 */
public final class AgentTasks {
  private final Supplier<ToolGate> gate;
  private final Supplier<@Nullable CallerSource> callers;
  private final @Nullable AgentIdentity application;

  AgentTasks(
      Supplier<ToolGate> gate,
      Supplier<@Nullable CallerSource> callers,
      @Nullable AgentIdentity application) {
    this.gate = gate;
    this.callers = callers;
    this.application = application;
  }

  /**
   * On behalf of the {@link Caller} that is open, whoever is signed in, or the configured one; on
   * nobody's in a request without a user, and then every call is denied.
   *
   * @throws IllegalStateException if a task is under way here already, since what it is for does
   *     not change
   */
  public Scope asked(Intent intent) {
    return asked(intent, null);
  }

  /**
   * Like {@link #asked(Intent)}, saying on whose behalf.
   *
   * @param caller {@code null} for the one that is found
   */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope asked(Intent intent, @Nullable Caller caller) {
    if (Task.current() != null) {
      throw new IllegalStateException("what a task is for does not change while it is worked on");
    }
    return started(intent, caller == null ? Caller.current() : caller).open();
  }

  private Task started(Intent intent, @Nullable Caller said) {
    CallerSource source = callers.get();
    try {
      Caller known = said == null && source != null ? source.current() : said;
      return gate.get().startTask(intent, application, known, null);
    } catch (NotSignedInException e) {
      return gate.get().startTaskOfNobody(intent, application, null);
    }
  }
}
