package dev.tollgate.springai;

import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;

/**
 * What an application may say about one chat, as advisor parameters or, for streams, in the Reactor
 * context. A model cannot write either.
 *
 * <pre>
 * chatClient.prompt().user(text).advisors(a -> a.param(TollgateAdvisorParams.CALLER, caller))
 * </pre>
 */
public final class TollgateAdvisorParams {
  /**
   * On whose behalf, a {@link Caller}. Use it for streams that are subscribed on another thread
   * than the one the caller is open on. Inside a task it is ignored: the task has a caller.
   */
  public static final String CALLER = "tollgate.caller";

  /**
   * What was asked for, an {@link Intent}, where the chat's text is no user's word: a template of
   * the operator, or an event such as a mail that arrived. Inside a task it is ignored.
   */
  public static final String INTENT = "tollgate.intent";

  /**
   * Who acts, the name of an agent: for applications with more than one. At the start of a task a
   * configured {@code tollgate.agent} wins.
   */
  public static final String AGENT = "tollgate.agent";

  private TollgateAdvisorParams() {}
}
