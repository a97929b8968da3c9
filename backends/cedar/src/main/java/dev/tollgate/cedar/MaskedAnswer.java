package dev.tollgate.cedar;

import dev.tollgate.policy.Decision;
import java.util.Set;

/** The answer to a question of which not everything is known. */
public sealed interface MaskedAnswer {
  /**
   * The answer has this outcome and these obligations, whatever the hidden values are.
   *
   * @param decision the answer
   * @param exact whether the reason and the deciding policies are certain too; else policies that
   *     read hidden values may have decided with them
   */
  record Known(Decision decision, boolean exact) implements MaskedAnswer {}

  /**
   * The answer depends on hidden values.
   *
   * @param attributes the hidden attributes that matter, such as {@code args.amount}
   * @param policies the ids of the policies that read them
   */
  record Open(Set<String> attributes, Set<String> policies) implements MaskedAnswer {
    public Open {
      attributes = Set.copyOf(attributes);
      policies = Set.copyOf(policies);
    }
  }
}
