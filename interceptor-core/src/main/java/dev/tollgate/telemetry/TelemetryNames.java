package dev.tollgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Every name the gate uses in spans and metrics. The {@code gen_ai} ones are OpenTelemetry's
 * (status: development, so the strings are our own); there is no convention for authorization yet,
 * so the others stand in our namespace.
 */
public final class TelemetryNames {
  private TelemetryNames() {}

  public static final String SPAN_PREFIX = "execute_tool ";
  public static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  public static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  public static final AttributeKey<String> TOOL_CALL_ID =
      AttributeKey.stringKey("gen_ai.tool.call.id");
  public static final AttributeKey<String> AGENT = AttributeKey.stringKey("gen_ai.agent.name");
  public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  public static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("tollgate.call.id");
  public static final AttributeKey<String> TASK_ID = AttributeKey.stringKey("tollgate.task.id");
  public static final AttributeKey<String> OUTCOME =
      AttributeKey.stringKey("tollgate.decision.outcome");
  public static final AttributeKey<String> REASON =
      AttributeKey.stringKey("tollgate.decision.reason");
  public static final AttributeKey<String> REVISION =
      AttributeKey.stringKey("tollgate.policy.revision");
  public static final AttributeKey<String> LEASE =
      AttributeKey.stringKey("tollgate.credential.lease");
  public static final AttributeKey<String> AUDIENCE =
      AttributeKey.stringKey("tollgate.credential.audience");
  public static final AttributeKey<String> END = AttributeKey.stringKey("tollgate.credential.end");

  public static final String EVENT_DECIDED = "tollgate.decided";
  public static final String EVENT_ISSUED = "tollgate.credential.issued";
  public static final String EVENT_ENDED = "tollgate.credential.ended";

  public static final String METRIC_DECISIONS = "tollgate.decisions";
  public static final String METRIC_DECISION_DURATION = "tollgate.decision.duration";
  public static final String METRIC_OPEN_LEASES = "tollgate.credential.leases.open";
  public static final String METRIC_REVOCATION_LAG = "tollgate.credential.revocation.lag";
  public static final AttributeKey<String> EVENT = AttributeKey.stringKey("tollgate.event");
  public static final AttributeKey<String> KIND = AttributeKey.stringKey("tollgate.kind");

  /** False where observe mode let a call run that was denied. */
  public static final AttributeKey<Boolean> ENFORCED =
      AttributeKey.booleanKey("tollgate.decision.enforced");

  public static final AttributeKey<String> RESULT = AttributeKey.stringKey("tollgate.result");
  public static final AttributeKey<Boolean> AGREE =
      AttributeKey.booleanKey("tollgate.policy.shadow.agree");
  public static final AttributeKey<String> FROM =
      AttributeKey.stringKey("tollgate.policy.shadow.from");
  public static final AttributeKey<String> TO = AttributeKey.stringKey("tollgate.policy.shadow.to");
  public static final String METRIC_RELOADS = "tollgate.policy.reloads";
  public static final String METRIC_FORBIDS_GONE = "tollgate.policy.forbids.gone";
  public static final String METRIC_CACHE_LOST = "tollgate.policy.cache.lost";
  public static final String METRIC_UNPROTECTED = "tollgate.policy.unprotected";
  public static final String METRIC_SHADOW = "tollgate.policy.shadow";
  public static final String METRIC_APPROVALS = "tollgate.approvals";
  public static final String METRIC_REVOCATIONS = "tollgate.revocations";
  public static final String METRIC_DELEGATIONS = "tollgate.delegations";
  public static final String METRIC_AUDIT_FAILURES = "tollgate.audit.failures";
}
