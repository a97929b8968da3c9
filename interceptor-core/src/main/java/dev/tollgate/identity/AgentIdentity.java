package dev.tollgate.identity;

import java.util.Set;

/**
 * Who acts.
 *
 * @param id the agent's name, such as {@code office-assistant}
 * @param groups the groups it belongs to, for policies
 */
public record AgentIdentity(String id, Set<String> groups) {
  public AgentIdentity {
    if (id.isBlank()) {
      throw new IllegalArgumentException("an agent needs an id");
    }
    groups = Set.copyOf(groups);
  }

  public static AgentIdentity of(String id) {
    return new AgentIdentity(id, Set.of());
  }
}
