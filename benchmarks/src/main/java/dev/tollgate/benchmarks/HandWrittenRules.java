package dev.tollgate.benchmarks;

import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.PolicyRequest;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The rules of {@link ScaledPolicies} as a Java programmer would write them, by tool. */
final class HandWrittenRules {
  private final Map<String, Predicate<PolicyRequest>> byTool = new HashMap<>();

  HandWrittenRules(int policies) {
    for (int i = 0; i < policies / ScaledPolicies.PER_TOOL; i++) {
      byTool.put(ScaledPolicies.tool(i), HandWrittenRules::permitted);
    }
  }

  boolean permits(PolicyRequest request) {
    Predicate<PolicyRequest> rules = byTool.get(request.tool().name());
    return rules != null && rules.test(request);
  }

  private static boolean permitted(PolicyRequest request) {
    var task = request.task();
    var caller = task.caller();
    if (caller == null) {
      return false;
    }
    boolean clerk =
        task.agent().groups().contains("clerks")
            && task.intent().source().text().equals("human")
            && task.environment().equals("production")
            && task.life().calls() < 200
            && task.life().denials() < 20;
    boolean tester =
        task.agent().groups().contains("testers") && task.environment().equals("development");
    if (!clerk && !tester) {
      return false;
    }
    if (!(request.arguments().get("amount") instanceof JsonValue.Num amount)
        || amount.value() >= 1000
        || !request.facts().destination().within().contains("corp.example")) {
      return false;
    }
    boolean odd =
        request.at().atZone(ZoneOffset.UTC).getHour() < 6
            || task.life().sequence().trust().contains("untrusted");
    return !odd || caller.tenant().equals("night");
  }
}
