package dev.tollgate.guard;

import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes amounts out of what was delegated. Thread-safe. */
@FunctionalInterface
public interface DelegatedAmounts {

  /**
   * Takes them, all or none.
   *
   * @param amounts in ten-thousandths, by name; never empty
   * @return why not; {@code null} if they were taken
   * @throws dev.tollgate.state.StateException if nobody knows how much is left
   */
  @Nullable ReasonCode spend(Task task, VerifiedDelegation delegation, Map<String, Long> amounts);
}
