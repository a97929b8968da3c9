package dev.tollgate.task;

import dev.tollgate.delegation.Delegation;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.identity.AgentIdentity;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a user and the work it causes. Immutable; carried by the framework, and put into the
 * OpenTelemetry context around each call so that what runs inside finds it.
 *
 * @param id made by the gate
 * @param conversation the turns it belongs to
 * @param caller on whose behalf; {@code null} denies every call
 * @param agent who acts
 * @param intent what was asked for
 * @param intentDigest a keyed digest of the intent's words
 * @param environment such as {@code production}
 * @param startedAt wall time of the start
 * @param deadlineNanos when it ends, on the gate's monotonic clock
 * @param delegation what another agent handed over; {@code null} where the user's own words started
 *     the work
 * @param life what changes while the task lives; shared by all who carry it
 */
public record Task(
    String id,
    Conversation conversation,
    @Nullable Caller caller,
    AgentIdentity agent,
    Intent intent,
    String intentDigest,
    String environment,
    Instant startedAt,
    long deadlineNanos,
    @Nullable Delegation delegation,
    TaskLife life) {
  private static final Ambient<Task> AMBIENT = new Ambient<>("tollgate.task");

  /** A task of the user's own words, that begins now. */
  public Task(
      String id,
      Conversation conversation,
      @Nullable Caller caller,
      AgentIdentity agent,
      Intent intent,
      String intentDigest,
      String environment,
      Instant startedAt,
      long deadlineNanos) {
    this(
        id,
        conversation,
        caller,
        agent,
        intent,
        intentDigest,
        environment,
        startedAt,
        deadlineNanos,
        null,
        new TaskLife());
  }

  /**
   * The same task carried by another agent. What was handed over stays with the agent it was handed
   * to, whatever a framework calls the one that works on it.
   */
  public Task withAgent(AgentIdentity other) {
    if (delegation != null) {
      return this;
    }
    return new Task(
        id,
        conversation,
        caller,
        other,
        intent,
        intentDigest,
        environment,
        startedAt,
        deadlineNanos,
        delegation,
        life);
  }

  /**
   * Part of the same task, handed to another agent.
   *
   * @param receiver who works on it now
   * @param given what was handed over
   * @param ends when that ends, if before the task's own end, on the gate's monotonic clock
   */
  public Task delegated(AgentIdentity receiver, Delegation given, long ends) {
    return new Task(
        id,
        conversation,
        caller,
        receiver,
        intent,
        intentDigest,
        environment,
        startedAt,
        ends - deadlineNanos < 0 ? ends : deadlineNanos,
        given,
        life);
  }

  /**
   * Whether this is the same place in the work as another, or one that it was handed on to. Whoever
   * carries a refused delegation is the furthest in, since it permits nothing.
   */
  public boolean within(Task outer) {
    return Objects.equals(delegation, outer.delegation) || hops(this) > hops(outer);
  }

  private static int hops(Task task) {
    if (task.delegation instanceof VerifiedDelegation verified) {
      return verified.hops().size();
    }
    return task.delegation == null ? 0 : Integer.MAX_VALUE;
  }

  /** Makes this the ambient task of the thread until the scope is closed. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope open() {
    return AMBIENT.open(this);
  }

  /** A context that carries this task. */
  public Context in(Context context) {
    return AMBIENT.in(context, this);
  }

  /** The ambient task of this thread: a fallback where the framework carries none. */
  public static @Nullable Task current() {
    return AMBIENT.current();
  }
}
