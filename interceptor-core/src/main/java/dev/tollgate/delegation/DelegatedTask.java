package dev.tollgate.delegation;

import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.time.Instant;

/**
 * What is the same in every hop of a chain: whose task it is, and what was asked for.
 *
 * @param issuer who signs ({@code iss}): the trust domain
 * @param audience for whom ({@code aud}): the same trust domain
 * @param id the task ({@code txn})
 * @param subject on whose behalf ({@code sub})
 * @param endsAt when the task ends on the wall clock
 */
record DelegatedTask(
    String issuer,
    String audience,
    String id,
    String tenant,
    String subject,
    String intentDigest,
    Intent.Source intentSource,
    String environment,
    String conversation,
    Instant startedAt,
    Instant endsAt) {

  static DelegatedTask of(Task task, Caller caller, String trustDomain, Instant endsAt) {
    return new DelegatedTask(
        trustDomain,
        trustDomain,
        task.id(),
        caller.tenant(),
        caller.subject(),
        task.intentDigest(),
        task.intent().source(),
        task.environment(),
        task.conversation().id(),
        task.startedAt(),
        endsAt);
  }

  boolean isFor(Caller caller) {
    return tenant.equals(caller.tenant()) && subject.equals(caller.subject());
  }

  /** Whether it is this very task, for the same user, with the same words. */
  boolean is(Task task) {
    Caller caller = task.caller();
    return caller != null
        && isFor(caller)
        && id.equals(task.id())
        && tenant.equals(task.conversation().tenant())
        && intentDigest.equals(task.intentDigest());
  }
}
