package dev.tollgate;

import dev.tollgate.destination.Connection;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.policy.Approved;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was known when a call was decided on, kept for the questions that follow while it runs. By
 * then the call has used up its approval, spent its budget and stands in the task's sequence
 * itself: asked with that, a policy would answer about another call. Thread-safe.
 */
final class AskedFacts implements CallFacts {
  private static final Object UNREAD = new Object();
  private final CallFacts facts;
  private final @Nullable TaskHistory history;
  private @Nullable Object approval = UNREAD;
  private @Nullable Object callsLeft = UNREAD;
  private @Nullable Object denialsLeft = UNREAD;
  private volatile boolean approvalRead;

  AskedFacts(CallFacts facts, @Nullable Task task) {
    this.facts = facts;
    this.history = task == null ? null : task.life().history();
  }

  /** The same facts, and whom a client is about to connect to. */
  CallFacts about(Connection connection) {
    return new Connecting(this, connection);
  }

  @Override
  public DeclaredDestination destination() {
    return facts.destination();
  }

  @Override
  public Map<String, String> provenance() {
    return facts.provenance();
  }

  @Override
  public @Nullable TaskHistory history() {
    return history;
  }

  /** Looked up once, when it is first read, like what is left. What throws is not kept. */
  @Override
  public synchronized @Nullable Approved approval() {
    approvalRead = true;
    if (approval == UNREAD) {
      approval = facts.approval();
    }
    return (Approved) approval;
  }

  @Override
  public @Nullable String approvalRead() {
    return approvalRead ? facts.approvalRead() : null;
  }

  /** As if nobody had read the approval: whoever read it was no policy. */
  void unread() {
    approvalRead = false;
  }

  @Override
  public synchronized @Nullable Long callsLeft() {
    if (callsLeft == UNREAD) {
      callsLeft = facts.callsLeft();
    }
    return (Long) callsLeft;
  }

  @Override
  public synchronized @Nullable Long denialsLeft() {
    if (denialsLeft == UNREAD) {
      denialsLeft = facts.denialsLeft();
    }
    return (Long) denialsLeft;
  }

  private record Connecting(AskedFacts asked, Connection connection) implements CallFacts {
    @Override
    public DeclaredDestination destination() {
      return asked.destination();
    }

    @Override
    public Map<String, String> provenance() {
      return asked.provenance();
    }

    @Override
    public @Nullable TaskHistory history() {
      return asked.history();
    }

    @Override
    public @Nullable Approved approval() {
      return asked.approval();
    }

    @Override
    public @Nullable Long callsLeft() {
      return asked.callsLeft();
    }

    @Override
    public @Nullable Long denialsLeft() {
      return asked.denialsLeft();
    }
  }
}
