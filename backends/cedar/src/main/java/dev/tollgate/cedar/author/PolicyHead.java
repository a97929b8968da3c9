package dev.tollgate.cedar.author;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.tool.ListedTool;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a policy's head leaves open.
 *
 * @param principal its principal, in Cedar's JSON form
 * @param resource its resource
 * @param anyAction whether it leaves the action open
 * @param exact whether it names one action with {@code ==}
 * @param actions the actions and groups it names
 */
record PolicyHead(
    JsonNode principal, JsonNode resource, boolean anyAction, boolean exact, Set<String> actions) {
  PolicyHead {
    actions = Set.copyOf(actions);
  }

  static PolicyHead of(JsonNode policy) {
    JsonNode action = policy.path("action");
    Set<String> ids = new HashSet<>();
    if (action.has("entity")) {
      ids.add(action.path("entity").path("id").asText());
    }
    action.path("entities").forEach(entity -> ids.add(entity.path("id").asText()));
    String operator = action.path("op").asText();
    return new PolicyHead(
        policy.path("principal"),
        policy.path("resource"),
        operator.equals("All"),
        operator.equals("=="),
        ids);
  }

  /**
   * Whether it lets through whatever the other lets through, whoever asks. The effect that the
   * manifest gives a tool proves nothing here: what its server says of it may raise it.
   */
  boolean covers(PolicyHead other, Map<String, ListedTool> tools) {
    return coversActions(other, tools)
        && (open(principal, "Agent") || principal.equals(other.principal))
        && (open(resource, "Destination") || resource.equals(other.resource));
  }

  private boolean coversActions(PolicyHead other, Map<String, ListedTool> tools) {
    if (anyAction) {
      return true;
    }
    if (other.anyAction || other.actions.isEmpty()) {
      return false;
    }
    for (String id : other.actions) {
      ListedTool tool = tools.get(id);
      boolean bySource =
          tool != null && tool.source() != null && actions.contains("source:" + tool.source());
      boolean named = actions.contains(id) && (tool != null || exact == other.exact);
      if (!named && (!bySource || exact)) {
        return false;
      }
    }
    return true;
  }

  private static boolean open(JsonNode variable, String onlyType) {
    return variable.path("op").asText().equals("All")
        || (variable.path("op").asText().equals("is")
            && variable.path("entity_type").asText().equals(onlyType)
            && !variable.has("in"));
  }
}
