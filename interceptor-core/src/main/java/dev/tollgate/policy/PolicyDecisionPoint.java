package dev.tollgate.policy;

import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.List;

/**
 * Answers whether tool calls may run. Implementations are thread-safe, bound their own time, and
 * need not be careful: an exception, a {@code null}, too few answers or an unknown obligation is a
 * deny.
 */
public interface PolicyDecisionPoint {

  /** One decision for each request, in order. The requests were proposed together. */
  List<Decision> decide(List<PolicyRequest> requests);

  /**
   * Whether a call of the tool in the task could be permitted at all, or put before a person,
   * whatever its arguments are and whatever happens before it. What could not be is not offered to
   * the model. True unless it is certain; a call is decided on all the same.
   */
  default boolean couldPermit(Task task, Tool tool) {
    return true;
  }

  /**
   * The revision of the policies in force; a decision made under another is not dispatched.
   *
   * @return a short text that changes when the policies change
   */
  String revision();

  /** Who is told of reloads and the like; the gate calls it once, before the first question. */
  default void listen(PolicyListener listener) {}

  /**
   * Looks at once whether the policies have changed, because somebody asked for it, and loads them
   * if they have. Never throws for what it finds.
   */
  default PolicyReload reload() {
    return PolicyReload.UNSUPPORTED;
  }

  /** The engine's name, such as {@code cedar}. */
  String name();

  /** Ends its threads, if it has any; whoever made it closes it, after the gates that ask it. */
  default void close() {}
}
