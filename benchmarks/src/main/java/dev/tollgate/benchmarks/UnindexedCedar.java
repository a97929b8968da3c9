package dev.tollgate.benchmarks;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.Decimal;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cedar as one would use it without an index: one set, one schema, both kept by Cedar. */
final class UnindexedCedar {
  private static final BasicAuthorizationEngine CEDAR = new BasicAuthorizationEngine();
  private final PolicySet policies;
  private final Schema schema;
  private final EntityUID agent = uid("Agent", "clerk");
  private final EntityUID action;

  UnindexedCedar(int count) {
    try {
      policies = PolicySet.parsePolicies(ScaledPolicies.text(count));
      schema = new Schema(schema(count));
      policies.cache();
      schema.cache();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    action = uid("Action", ScaledPolicies.tool(count / ScaledPolicies.PER_TOOL - 1));
  }

  boolean permits() {
    Map<String, Value> context = new HashMap<>();
    context.put("intent", map("source", new PrimString("human")));
    context.put("environment", new PrimString("production"));
    CedarMap task = map("calls", new PrimLong(0));
    task.put("denials", new PrimLong(0));
    context.put("task", task);
    context.put("args", map("amount", new Decimal("250.5")));
    context.put(
        "destination",
        map(
            "within",
            new CedarList(
                List.of(
                    new PrimString("api.corp.example"),
                    new PrimString("corp.example"),
                    new PrimString("example")))));
    context.put("time", map("hour", new PrimLong(12)));
    context.put("sequence", map("trust", new CedarList(List.of())));
    context.put("subject", map("tenant", new PrimString("acme")));
    AuthorizationRequest request =
        new AuthorizationRequest(
            agent,
            action,
            uid("Destination", "bank"),
            Optional.of(context),
            Optional.of(schema),
            true);
    Entity entity =
        new Entity(agent, Set.of(uid("AgentGroup", "clerks"), uid("AgentGroup", "office")));
    try {
      AuthorizationResponse answer = CEDAR.isAuthorized(request, policies, Set.of(entity));
      return answer.success.orElseThrow().isAllowed();
    } catch (AuthException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String schema(int count) {
    StringBuilder text =
        new StringBuilder("entity AgentGroup; entity Agent in [AgentGroup]; entity Destination;");
    for (int i = 0; i < count / ScaledPolicies.PER_TOOL; i++) {
      text.append("action ")
          .append(ScaledPolicies.tool(i))
          .append(
              """
               appliesTo { principal: [Agent], resource: [Destination], context: {
                 intent: { source: String }, environment: String,
                 task: { calls: Long, denials: Long }, args: { amount?: decimal },
                 destination?: { within?: Set<String> }, time: { hour: Long },
                 sequence: { trust: Set<String> }, subject: { tenant: String } } };
              """);
    }
    return text.toString();
  }

  private static CedarMap map(String name, Value value) {
    CedarMap map = new CedarMap();
    map.put(name, value);
    return map;
  }

  private static EntityUID uid(String type, String id) {
    return EntityTypeName.parse(type).orElseThrow().of(id);
  }
}
