package dev.tollgate.http;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.destination.TrustZones;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** A gate and a task, and calls whose tool fetches. */
final class Caller {
  static final Basis BASIS = new Basis("scripted", "r1", List.of("rule"));
  final RecordingAuditSink audit = new RecordingAuditSink();
  final ToolGate gate;
  final Task task;

  Caller(PolicyDecisionPoint policy) {
    this(policy, false);
  }

  Caller(PolicyDecisionPoint policy, boolean observe) {
    TrustZones zones = new TrustZones(Map.of("office", Set.of("office.test", "127.0.0.0/8")));
    gate =
        TestGates.gate(policy, audit)
            .manifest(new ToolManifest(List.of(), zones))
            .observe(observe)
            .build();
    task = gate.startTask(Intent.human("Fetch it."), null, null, null);
  }

  /** Permits a call, and of its connections only those. */
  static ScriptedPolicy connecting(Predicate<PolicyRequest> permitted) {
    return ScriptedPolicy.of(
        request ->
            request.facts().connection() == null || permitted.test(request)
                ? Decision.permit(BASIS)
                : new Decision.Deny(BASIS, ReasonCode.POLICY_FORBIDDEN));
  }

  interface Body {
    String run() throws Exception;
  }

  ToolResult call(Body body) {
    ToolCall call =
        gate.propose(
            new Proposal(
                task,
                gate.describe(new ToolDefinition("fetch", "fetches", "{}", "test")),
                "{}",
                "m1",
                SpanOwner.GATE));
    return gate.call(call, arguments -> ToolResult.returned(body.run()));
  }

  /** What the tool got to read, or the code it was refused with. */
  String fetched(GuardedHttpClient client, String url) {
    ToolResult result = call(() -> get(client, url));
    if (result instanceof ToolResult.Returned returned) {
      return returned.text();
    }
    Exception cause = ((ToolResult.Failed) result).cause();
    return cause instanceof ConnectionRefusedException refused
        ? refused.reason().code()
        : cause.toString();
  }

  static String get(GuardedHttpClient client, String url) throws Exception {
    return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }

  List<AuditRecord.Connected> connected() {
    return audit.records(AuditRecord.Connected.class);
  }
}
