package dev.tollgate.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.DetailedError;
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
import java.util.UUID;

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

  private static final String LOST = "lost-from-cache-" + UUID.randomUUID();

  /** Cedar no longer has what it kept. */
  static final class LostException extends Exception {
    private static final long serialVersionUID = 1L;

    LostException() {
      super("lost from Cedar's cache", null, false, false);
    }
  }

  private final ToolAction action;
  private final EntityUID actionId;
  private final ContextReads reads;
  private final Set<String> texts = new HashSet<>();
  private final PolicySet policies;
  private final Schema schema;

  /**
   * @throws CedarPolicyException if Cedar does not keep it
   */
  Slice(ToolAction action, List<LoadedPolicy> inForce) {
    this.action = action;
    this.actionId = type("Action").of(action.id());
    this.reads = ContextReads.of(inForce);
    Set<Policy> chosen = new HashSet<>();
    for (LoadedPolicy policy : inForce) {
      chosen.add(policy.policy());
      texts.addAll(policy.texts());
    }
    this.policies = new PolicySet(chosen);
    this.schema = new Schema(CedarSchema.of(List.of(action), reads, texts::contains));
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
    policies.policies = Set.of(new Policy("lost from the cache", LOST));
  }

  /**
   * @throws LostException if Cedar no longer has what it kept
   */
  AuthorizationResponse ask(Question question)
      throws AuthException, ArgumentValues.MismatchException, LostException {
    EntityUID agent = AGENT.of(question.agent());
    AuthorizationRequest request =
        new AuthorizationRequest(
            agent,
            actionId,
            DESTINATION.of(question.destination()),
            Optional.of(CallContext.of(question, action, reads)),
            Optional.of(schema),
            true);
    AuthorizationResponse answer;
    try {
      answer = CEDAR.isAuthorized(request, policies, entities(agent, question.groups()));
    } catch (AuthException e) {
      if (tellsOfLoss(String.valueOf(e.getMessage()))) {
        throw new LostException();
      }
      throw e;
    }
    List<DetailedError> errors = answer.errors.map(List::<DetailedError>copyOf).orElse(List.of());
    if (answer.success.isEmpty() && errors.stream().anyMatch(e -> tellsOfLoss(e.message))) {
      throw new LostException();
    }
    return answer;
  }

  /** The agent in those of its groups that policies name: each one that is sent costs time. */
  private Set<Entity> entities(EntityUID agent, Set<String> groups) {
    Set<EntityUID> named = new HashSet<>();
    for (String group : groups) {
      if (texts.contains(group)) {
        named.add(GROUP.of(group));
      }
    }
    return named.isEmpty() ? Set.of() : Set.of(new Entity(agent, named));
  }

  /** The keys are random: nothing that a model writes into an argument passes for this. */
  private boolean tellsOfLoss(String message) {
    return message.contains(LOST)
        || (message.endsWith(" not found")
            && (message.contains(policies.cacheKey().orElse(LOST))
                || message.contains(schema.cacheKey().orElse(LOST))));
  }

  ContextReads reads() {
    return reads;
  }

  PolicySet kept() {
    return policies;
  }

  Schema keptSchema() {
    return schema;
  }

  private static EntityTypeName type(String name) {
    return EntityTypeName.parse(name)
        .orElseThrow(() -> new IllegalStateException("not a type: " + name));
  }
}
