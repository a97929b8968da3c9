package dev.tollgate.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions that a policy's head names.
 *
 * @param exact the one action of {@code action == …}
 * @param within the actions or groups of {@code action in …}
 * @param any whether the head leaves the action open
 */
record ActionScope(@Nullable String exact, Set<String> within, boolean any) {
  private static final ActionScope ANY = new ActionScope(null, Set.of(), true);

  /** Reads the {@code action} of a policy in Cedar's JSON form. What it cannot read is open. */
  static ActionScope of(JsonNode policy) {
    JsonNode head = policy.path("action");
    Set<String> ids = new HashSet<>();
    for (JsonNode entity :
        head.has("entity") ? List.of(head.path("entity")) : head.path("entities")) {
      String id = id(entity);
      if (id == null) {
        return ANY; // too wide is only slow; too narrow would lose a forbid
      }
      ids.add(id);
    }
    if (ids.isEmpty()) {
      return ANY;
    }
    return switch (head.path("op").asText()) {
      case "==" -> ids.size() == 1 ? new ActionScope(ids.iterator().next(), Set.of(), false) : ANY;
      case "in" -> new ActionScope(null, Set.copyOf(ids), false);
      default -> ANY;
    };
  }

  private static @Nullable String id(JsonNode entity) {
    JsonNode plain = entity.has("__entity") ? entity.path("__entity") : entity;
    return plain.path("type").asText().equals("Action") && plain.path("id").isTextual()
        ? plain.path("id").textValue()
        : null;
  }

  /** All actions and groups it names. */
  Set<String> ids() {
    return exact == null ? within : Set.of(exact);
  }

  /** Whether a policy with this head can apply to the action. */
  boolean covers(ToolAction action) {
    if (any || action.id().equals(exact) || within.contains(action.id())) {
      return true;
    }
    return action.groups().stream().anyMatch(within::contains);
  }
}
