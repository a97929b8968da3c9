package dev.tollgate.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts.
 *
 * @param id the agent's name, such as {@code office-assistant}
 * @param groups the groups it belongs to, for policies
 * @param owner who answers for it, such as a team; {@code null} if nobody said
 * @param model the model it runs on; {@code null} if nobody said
 * @param configuration a digest of its prompt and model configuration; {@code null} if nobody said
 */
public record AgentIdentity(
    String id,
    Set<String> groups,
    @Nullable String owner,
    @Nullable String model,
    @Nullable String configuration) {
  public AgentIdentity {
    if (id.isBlank()) {
      throw new IllegalArgumentException("an agent needs an id");
    }
    groups = Set.copyOf(groups);
  }

  /** An agent of which no more is known. */
  public AgentIdentity(String id, Set<String> groups) {
    this(id, groups, null, null, null);
  }

  public static AgentIdentity of(String id) {
    return new AgentIdentity(id, Set.of());
  }
}
