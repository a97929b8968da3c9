package dev.tollgate.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the index is compared with: all policies, the schema of all tools, the full context. */
final class WholeSet {
  /** The tools of a manifest, with the schemas they are asked under: to parse one takes long. */
  static final class Tools {
    private final ToolActions actions;
    private final Map<ToolAction, Schema> schemas = new HashMap<>();

    Tools(ToolManifest manifest) {
      this.actions = new ToolActions(manifest);
    }

    ToolAction action(Tool tool) {
      return actions.of(tool);
    }

    /** All tools, this one among them as it is called. */
    private Schema schema(ToolAction action) throws Exception {
      Schema known = schemas.get(action);
      if (known != null) {
        return known;
      }
      List<ToolAction> all = new ArrayList<>(actions.expected());
      all.removeIf(one -> one.id().equals(action.id()));
      all.add(action);
      Schema schema = new Schema(CedarSchema.of(all, ContextReads.EVERYTHING));
      schema.cache();
      schemas.put(action, schema);
      return schema;
    }
  }

  private final Tools tools;
  private final PolicySet set;

  WholeSet(String text, Tools tools) throws Exception {
    this.tools = tools;
    Set<Policy> all = new HashSet<>();
    PolicyReader.read(List.of(new PolicySource("test.cedar", text)))
        .forEach(policy -> all.add(policy.policy()));
    this.set = new PolicySet(all);
    set.cache();
  }

  String ask(Tool tool, Question question) throws Exception {
    ToolAction action = tools.action(tool);
    EntityUID agent = uid("Agent", question.agent());
    Set<EntityUID> groups = new HashSet<>();
    for (String group : question.groups()) {
      groups.add(uid("AgentGroup", group));
    }
    return summary(
        new BasicAuthorizationEngine()
            .isAuthorized(
                new AuthorizationRequest(
                    agent,
                    uid("Action", action.id()),
                    uid("Destination", question.destination()),
                    Optional.of(CallContext.of(question, action, ContextReads.EVERYTHING)),
                    Optional.of(tools.schema(action)),
                    true),
                set,
                Set.of(new Entity(agent, groups)))
            .success
            .orElseThrow());
  }

  private static String summary(AuthorizationSuccessResponse answer) {
    List<String> failed =
        answer.getErrors().stream()
            .map(AuthorizationSuccessResponse.AuthorizationError::getPolicyId)
            .sorted()
            .toList();
    if (!failed.isEmpty()) {
      return ReasonCode.POLICY_ERROR + " " + failed;
    }
    List<String> reasons = answer.getReason().stream().sorted().toList();
    if (answer.isAllowed()) {
      return "permit " + reasons;
    }
    return (reasons.isEmpty() ? ReasonCode.POLICY_NO_PERMIT : ReasonCode.POLICY_FORBIDDEN)
        + " "
        + reasons;
  }

  private static EntityUID uid(String type, String id) {
    return EntityTypeName.parse(type).orElseThrow().of(id);
  }
}
