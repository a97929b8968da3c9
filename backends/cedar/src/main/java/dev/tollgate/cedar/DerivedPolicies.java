package dev.tollgate.cedar;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Permits made of parts of other policies, to learn which parts of them apply to a question. */
final class DerivedPolicies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Operators of Cedar's JSON form that cannot fail on well-typed values, and what they hold. */
  private static final Set<String> SAFE =
      Set.of(
          "Value",
          "Var",
          "!",
          "==",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "&&",
          "||",
          "in",
          "contains",
          "containsAll",
          "containsAny",
          "isEmpty",
          ".",
          "has",
          "like",
          "is",
          "if-then-else",
          "Set",
          "Record",
          "decimal",
          "lessThan",
          "lessThanOrEqual",
          "greaterThan",
          "greaterThanOrEqual",
          "ip",
          "isIpv4",
          "isIpv6",
          "isLoopback",
          "isMulticast",
          "isInRange",
          "left",
          "right",
          "arg",
          "attr",
          "pattern",
          "Literal",
          "if",
          "then",
          "else",
          "entity_type",
          "__entity",
          "__extn",
          "fn",
          "type",
          "id");

  private DerivedPolicies() {}

  /**
   * A permit that applies wherever a policy does, and perhaps elsewhere.
   *
   * @param policy the permit, under the policy's id
   * @param mayFail whether the policy may fail where this does not even apply
   * @param mayFailToo whether it may fail where this applies or fails
   */
  record Wider(LoadedPolicy policy, boolean mayFail, boolean mayFailToo) {}

  /** Takes out of a policy's conditions what reads something hidden. */
  static Wider without(LoadedPolicy policy, Predicate<ContextReads> hidden) {
    ObjectNode tree = tree(policy);
    List<JsonNode> dropped = new ArrayList<>();
    ArrayNode kept = NODES.arrayNode();
    for (JsonNode condition : tree.path("conditions")) {
      // `unless a || b` is `when !a && !b`
      boolean when = condition.path("kind").asText().equals("when");
      JsonNode body = reduce(condition.path("body"), when ? "&&" : "||", hidden, dropped);
      if (body != null) {
        kept.add(((ObjectNode) condition.deepCopy()).set("body", body));
      }
    }
    boolean mayFailToo = mayFail(bodies(tree.path("conditions")));
    tree.set("conditions", kept);
    boolean mayFail = dropped.stream().anyMatch(DerivedPolicies::mayFail);
    return new Wider(permit(policy, policy.id(), tree), mayFail, mayFailToo);
  }

  private static @Nullable JsonNode reduce(
      JsonNode node, String joint, Predicate<ContextReads> hidden, List<JsonNode> dropped) {
    if (!hidden.test(reads(node))) {
      return node;
    }
    JsonNode both = node.path(joint);
    if (node.size() != 1 || !both.has("left") || !both.has("right")) {
      dropped.add(node);
      return null;
    }
    JsonNode left = reduce(both.path("left"), joint, hidden, dropped);
    JsonNode right = reduce(both.path("right"), joint, hidden, dropped);
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    ObjectNode joined = NODES.objectNode().set("left", left);
    return NODES.objectNode().set(joint, joined.set("right", right));
  }

  private static JsonNode bodies(JsonNode conditions) {
    ArrayNode bodies = NODES.arrayNode();
    conditions.forEach(condition -> bodies.add(condition.path("body")));
    return bodies;
  }

  private static ContextReads reads(JsonNode expression) {
    ObjectNode condition = NODES.objectNode().set("body", expression);
    return ContextReads.of(
        NODES.objectNode().<ObjectNode>set("conditions", NODES.arrayNode().add(condition)));
  }

  private static boolean mayFail(JsonNode node) {
    if (node.isObject()) {
      var names = node.fieldNames();
      while (names.hasNext()) {
        if (!SAFE.contains(names.next())) {
          return true; // also an odd key of a record, which is no operator: only less exact
        }
      }
    }
    for (JsonNode child : node) {
      if (mayFail(child)) {
        return true;
      }
    }
    return false;
  }

  /** A permit for each condition of a policy, for every agent and destination. */
  static List<LoadedPolicy> conditions(LoadedPolicy policy) {
    List<LoadedPolicy> all = new ArrayList<>();
    JsonNode conditions = tree(policy).path("conditions");
    for (JsonNode condition : conditions) {
      ObjectNode tree = NODES.objectNode().put("effect", "permit");
      for (String head : List.of("principal", "action", "resource")) {
        tree.set(head, NODES.objectNode().put("op", "All"));
      }
      tree.set("conditions", NODES.arrayNode().add(condition));
      all.add(permit(policy, policy.id() + "#" + (all.size() + 1), tree));
    }
    return all;
  }

  private static LoadedPolicy permit(LoadedPolicy from, String id, ObjectNode tree) {
    tree.put("effect", "permit");
    tree.remove("annotations");
    try {
      return new LoadedPolicy(
          new Policy(Policy.fromJson(id, tree.toString()).policySrc, id),
          from.source(),
          from.offset(),
          from.scope(),
          ContextReads.of(tree),
          LoadedPolicy.texts(tree),
          false,
          Map.of(),
          Demands.NONE);
    } catch (InternalException e) {
      throw new CedarPolicyException("policy \"" + from.id() + "\" cannot be taken apart", e);
    }
  }

  private static ObjectNode tree(LoadedPolicy policy) {
    try {
      return (ObjectNode) JSON.readTree(policy.policy().toJson());
    } catch (InternalException | JsonProcessingException e) {
      throw new CedarPolicyException("policy \"" + policy.id() + "\" cannot be taken apart", e);
    }
  }
}
