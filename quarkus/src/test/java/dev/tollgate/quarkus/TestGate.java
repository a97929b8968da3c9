package dev.tollgate.quarkus;

import dev.tollgate.ToolGate;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.quarkus.arc.profile.UnlessBuildProfile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A gate of the application's own, whose rule a test can change. */
@Singleton
public class TestGate {
  static final Set<String> DENIED = ConcurrentHashMap.newKeySet();
  static final RecordingAuditSink AUDIT = new RecordingAuditSink();
  static final ScriptedPolicy POLICY =
      ScriptedPolicy.of(
          request -> {
            Basis basis = new Basis("scripted", "r1", List.of("rule"));
            return DENIED.contains(request.tool().name())
                ? new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN)
                : Decision.permit(basis);
          });

  @Produces
  @Singleton
  @UnlessBuildProfile("configured")
  ToolGate gate() {
    return TestGates.gate(POLICY, AUDIT).build();
  }
}
