package dev.tollgate.benchmarks;

import dev.tollgate.cedar.CedarPolicyDecisionPoint;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.Set;

/**
 * Five policies for each of so many tools, and a call of the last one that all five are asked about
 * and that is permitted: the dearest answer, since nothing ends early. Together they read nine
 * attributes; the agent is in two groups.
 */
final class ScaledPolicies {
  static final int PER_TOOL = 5;
  private static final Instant NOON = Instant.parse("2026-11-23T12:34:56Z");

  private ScaledPolicies() {}

  static String tool(int number) {
    return "tool_" + number;
  }

  static ToolManifest manifest(int policies) {
    StringBuilder yaml = new StringBuilder("version: tollgate/manifest/v1\ntools:\n");
    for (int i = 0; i < policies / PER_TOOL; i++) {
      yaml.append("  - name: ")
          .append(tool(i))
          .append("\n    effect: pay\n    destination: bank\n    arguments:\n")
          .append("      amount: { type: decimal, steering: true }\n")
          .append("      url: { type: string, destination: true }\n");
    }
    return ToolManifest.parse(yaml.toString(), "bench");
  }

  static String text(int policies) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < policies / PER_TOOL; i++) {
      text.append(
          """
          @id("permit-N")
          permit (principal in AgentGroup::"clerks", action == Action::"TOOL", resource)
          when { context.intent.source == "human" && context.environment == "production" }
          when { context.task.calls < 200 && context.task.denials < 20 };
          @id("dev-N")
          permit (principal in AgentGroup::"testers", action == Action::"TOOL", resource)
          when { context.environment == "development" };
          @id("amount-N")
          forbid (principal, action == Action::"TOOL", resource)
          unless { context.args has amount && context.args.amount.lessThan(decimal("1000.0")) };
          @id("egress-N")
          forbid (principal, action == Action::"TOOL", resource)
          unless {
            context has destination && context.destination has within &&
            context.destination.within.contains("corp.example")
          };
          @id("hours-N")
          forbid (principal, action == Action::"TOOL", resource)
          when { context.time.hour < 6 || context.sequence.trust.contains("untrusted") }
          unless { context.subject.tenant == "night" };
          """
              .replace("TOOL", tool(i))
              .replace("-N", "-" + i));
    }
    return text.toString();
  }

  static CedarPolicyDecisionPoint load(int policies) {
    return CedarPolicyDecisionPoint.load(
        CedarPolicySet.of("bench.cedar", text(policies)), manifest(policies));
  }

  static PolicyRequest request(int policies) {
    Task task =
        new Task(
            "t-1",
            new Conversation("acme", "c-1"),
            Caller.of("acme", "ada"),
            new AgentIdentity("clerk", Set.of("clerks", "office")),
            Intent.human("pay it"),
            "hmac-sha256:x",
            "production",
            NOON.minusSeconds(60),
            0);
    DeclaredDestination bank =
        new DeclaredDestination(
            Set.of("api.corp.example"),
            Set.of("api.corp.example", "corp.example", "example"),
            Set.of("internal"));
    try {
      return new PolicyRequest(
          "c-1",
          task,
          manifest(policies)
              .describe(new ToolDefinition(tool(policies / PER_TOOL - 1), "", "", "langchain4j")),
          new StrictJson(JsonLimits.DEFAULT)
              .parseObject("{\"amount\":250.5,\"url\":\"https://api.corp.example/pay\"}"),
          NOON,
          new CallFacts() {
            @Override
            public DeclaredDestination destination() {
              return bank;
            }
          });
    } catch (JsonRefusedException e) {
      throw new IllegalStateException(e);
    }
  }
}
