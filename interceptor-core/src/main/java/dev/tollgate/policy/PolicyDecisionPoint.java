package dev.tollgate.policy;

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
   * The revision of the policies in force; a decision made under another is not dispatched.
   *
   * @return a short text that changes when the policies change
   */
  String revision();

  /** Who is told of reloads and the like; the gate calls it once, before the first question. */
  default void listen(PolicyListener listener) {}

  /** The engine's name, such as {@code cedar}. */
  String name();

  /** Ends its threads, if it has any; whoever made it closes it, after the gates that ask it. */
  default void close() {}
}
