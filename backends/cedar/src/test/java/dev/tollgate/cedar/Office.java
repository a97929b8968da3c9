package dev.tollgate.cedar;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The tools of the office, and calls of them. */
final class Office {
  static final Instant NOON = Instant.parse("2026-11-23T12:34:56Z"); // a Monday
  static final ToolManifest MANIFEST =
      ToolManifest.parse(
          """
          version: tollgate/manifest/v1
          tools:
            - name: mail_inbox
              effect: read
            - name: mail_send
              effect: send
              destination: mail.office.example
              arguments:
                to: { type: string, steering: true }
                subject: { type: string }
                body: { type: string }
                urgent: { type: boolean }
                cc: { type: strings }
            - name: file_read
              effect: read
              arguments:
                path: { type: string }
            - name: file_write
              effect: write
              source: "mcp:files"
              arguments:
                path: { type: string }
                content: { type: string }
            - name: bank_transactions
              effect: read
              sensitivity: confidential
            - name: bank_pay
              effect: pay
              destination: bank
              arguments:
                iban: { type: string, steering: true }
                amount: { type: decimal, steering: true }
                copies: { type: integer }
          """,
          "office.yaml");

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private Office() {}

  static Tool tool(String name) {
    String source = name.equals("file_write") ? "mcp:files" : "langchain4j";
    return MANIFEST.describe(new ToolDefinition(name, "", "", source));
  }

  static Tool unlisted(String name, String source) {
    return Tool.unlisted(new ToolDefinition(name, "", "", source));
  }

  static Task task(Intent.Source source, String... groups) {
    return new Task(
        "t-1",
        new Conversation("acme", "c-1"),
        Caller.of("acme", "alice"),
        new AgentIdentity("assistant", Set.of(groups)),
        new Intent(source, "do it"),
        "hmac-sha256:x",
        "production",
        NOON.minusSeconds(90),
        0);
  }

  static PolicyRequest call(Task task, Tool tool, String arguments) {
    try {
      return new PolicyRequest("call-1", task, tool, JSON.parseObject(arguments), NOON);
    } catch (JsonRefusedException e) {
      throw new AssertionError(e);
    }
  }

  static PolicyRequest call(String tool, String arguments) {
    return call(task(Intent.Source.HUMAN, "office"), tool(tool), arguments);
  }

  static CedarPolicyDecisionPoint policies(String text) {
    return CedarPolicyDecisionPoint.load(CedarPolicySet.of("test.cedar", text), MANIFEST);
  }

  static Decision decide(CedarPolicyDecisionPoint pdp, PolicyRequest request) {
    List<Decision> decisions = pdp.decide(List.of(request));
    if (decisions.size() != 1) {
      throw new AssertionError(decisions);
    }
    return decisions.get(0);
  }

  static Decision decide(String policies, String tool, String arguments) {
    return decide(policies(policies), call(tool, arguments));
  }

  /** The reason of a deny, or the outcome of anything else. */
  static Object outcome(Decision decision) {
    return decision instanceof Decision.Deny deny ? deny.reason() : decision.outcome();
  }

  static ReasonCode denied(Decision decision) {
    if (decision instanceof Decision.Deny deny) {
      return deny.reason();
    }
    throw new AssertionError(decision);
  }
}
