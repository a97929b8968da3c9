package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.scope.AgenticScope;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A root call from its start to its end. The framework makes or finds the scope only within the
 * call, and tells the workflow about it on the same thread.
 */
final class Opening {
  private static final ContextKey<Opening> KEY = ContextKey.named("tollgate.agentic.root");
  private final Task task;
  private final boolean untracked;
  private @Nullable ScopeTasks carrier;
  private boolean claimed;
  private boolean ephemeral;

  /**
   * @param untracked whether agents of the workflow may outlive the call without a trace
   */
  Opening(Task task, boolean untracked) {
    this.task = task;
    this.untracked = untracked;
  }

  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  Scope open() {
    return task.in(Context.current()).with(KEY, this).makeCurrent();
  }

  /** Called for workflows within workflows too, in the same scope. */
  static void claim(AgenticScope scope) {
    Opening opening = Context.current().get(KEY);
    if (opening != null) {
      opening.take(scope);
    }
  }

  private synchronized void take(AgenticScope scope) {
    if (!claimed) {
      claimed = true;
      ephemeral = ScopeKind.ephemeral(scope);
      if (ephemeral || !untracked) {
        carrier = ScopeTasks.begin(scope, task);
      }
    }
  }

  synchronized void end() {
    if (carrier != null) {
      carrier.end(ephemeral);
    }
  }
}
