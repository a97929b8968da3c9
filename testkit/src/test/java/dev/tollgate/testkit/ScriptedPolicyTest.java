package dev.tollgate.testkit;

import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;

class ScriptedPolicyTest extends PolicyDecisionPointContract {
  private final ScriptedPolicy policy = ScriptedPolicy.denying("pay", "nobody-knows-me");

  @Override
  protected PolicyDecisionPoint policy() {
    return policy;
  }

  @Override
  protected PolicyRequest permitted() {
    return request(Tool.unlisted(new ToolDefinition("read", "", "", "x")), "{}");
  }

  @Override
  protected PolicyRequest denied() {
    return request(Tool.unlisted(new ToolDefinition("pay", "", "", "x")), "{\"amount\":1}");
  }
}
