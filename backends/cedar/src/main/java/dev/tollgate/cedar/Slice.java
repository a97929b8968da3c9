package dev.tollgate.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The policies that can apply to one action, parsed once and kept by Cedar. Cedar looks at every
 * policy of a set, so a set per action keeps a decision as cheap with a thousand policies as with
 * ten.
 */
final class Slice {
  private static final EntityTypeName AGENT = type("Agent");
  private static final EntityTypeName GROUP = type("AgentGroup");
  private static final EntityTypeName DESTINATION = type("Destination");
  private static final BasicAuthorizationEngine CEDAR = new BasicAuthorizationEngine();

  private final ToolAction action;
  private final EntityUID actionId;
  private final ContextReads reads;
  private final PolicySet policies;
  private final Schema schema;

  /**
   * @throws CedarPolicyException if Cedar does not keep it
   */
  Slice(ToolAction action, List<LoadedPolicy> inForce) {
    this.action = action;
    this.actionId = type("Action").of(action.id());
    this.reads = ContextReads.of(inForce);
    Set<Policy> texts = new HashSet<>();
    inForce.forEach(policy -> texts.add(policy.policy()));
    this.policies = new PolicySet(texts);
    this.schema = new Schema(CedarSchema.of(List.of(action), reads));
    try {
      policies.cache();
      schema.cache();
    } catch (CacheException e) {
      throw new CedarPolicyException(
          "Cedar cannot keep the policies of Action::\""
              + action.id()
              + "\" ("
              + e.getMessage()
              + "); with very many tools, start Java with -Dcedar.cache.maxPolicySets and"
              + " -Dcedar.cache.maxSchemas above 1024",
          e);
    }
    if (policies.cacheKey().isEmpty() || schema.cacheKey().isEmpty()) {
      throw new CedarPolicyException("Cedar did not keep Action::\"" + action.id() + "\"");
    }
    // cedar-java means to fall back to parsing this text at every call, a thousand times slower,
    // when Cedar lost what it kept (4.10.0 fails instead). This text fails in every version.
    policies.policies = Set.of(new Policy("lost from Cedar's cache", "lost-from-cache"));
  }

  AuthorizationResponse ask(Question question) throws AuthException, CallContext.MismatchException {
    EntityUID agent = AGENT.of(question.agent());
    Set<EntityUID> groups = new HashSet<>();
    for (String group : question.groups()) {
      groups.add(GROUP.of(group));
    }
    AuthorizationRequest request =
        new AuthorizationRequest(
            agent,
            actionId,
            DESTINATION.of(question.destination()),
            Optional.of(CallContext.of(question, action, reads)),
            Optional.of(schema),
            true);
    return CEDAR.isAuthorized(request, policies, Set.of(new Entity(agent, groups)));
  }

  ContextReads reads() {
    return reads;
  }

  PolicySet kept() {
    return policies;
  }

  private static EntityTypeName type(String name) {
    return EntityTypeName.parse(name)
        .orElseThrow(() -> new IllegalStateException("not a type: " + name));
  }
}
