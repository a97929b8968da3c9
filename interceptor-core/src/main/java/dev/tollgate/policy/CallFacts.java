package dev.tollgate.policy;

import dev.tollgate.destination.Connection;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.task.TaskHistory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows about a call besides its task, tool and arguments. Each is looked up only if
 * a policy reads it. What is not known is absent.
 */
public interface CallFacts {
  /** Nothing is known. */
  CallFacts NONE = new CallFacts() {};

  /** Where its arguments say that its effect goes. */
  default DeclaredDestination destination() {
    return DeclaredDestination.NONE;
  }

  /** Whom a client is about to connect to; {@code null} before the call runs. */
  default @Nullable Connection connection() {
    return null;
  }

  /**
   * What the task had done when the call was first asked about; {@code null} if it is asked about
   * for the first time, and what the task has done by now counts.
   */
  default @Nullable TaskHistory history() {
    return null;
  }

  /** Where the values of steering arguments came from, by argument, as far as it is known. */
  default Map<String, String> provenance() {
    return Map.of();
  }

  /** The approval that this very call has; {@code null} if it has none. */
  default @Nullable Approved approval() {
    return null;
  }

  /** The id of the approval that {@link #approval} has told of; {@code null} before. */
  default @Nullable String approvalRead() {
    return null;
  }

  /** How many calls are left in the task's budget; {@code null} if it has none. */
  default @Nullable Long callsLeft() {
    return null;
  }

  /** How many denials are left in the task's budget; {@code null} if it has none. */
  default @Nullable Long denialsLeft() {
    return null;
  }
}
