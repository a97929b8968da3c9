package dev.tollgate.testkit.coverage;

import dev.tollgate.ToolGate;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate that does what the trial at hand says, with its audit on disk. One trial at a time; they
 * may share the gate, and are judged when it is closed.
 */
public final class CoverageGate implements AutoCloseable {
  /** Whose gate it is. */
  public static final String TENANT = "acme";

  /** Who acts. */
  public static final String AGENT = "coverage";

  /** On whose behalf, where nobody else is said to be it. */
  public static final Caller ALICE = Caller.of(TENANT, "alice");

  private final AuditFile audit;
  private final ArmedSink sink;
  private final ToolGate gate;
  private volatile @Nullable CoverageTrial current;
  private boolean verified;

  /**
   * @param folder for the audit, empty
   * @param manifest what is known of the tools, see {@link CoverageManifest}
   */
  public CoverageGate(Path folder, ToolManifest manifest) {
    this.audit = new AuditFile(folder, TENANT);
    this.sink = new ArmedSink(audit.open());
    CountingIssuer tokens = new CountingIssuer();
    this.gate =
        TestGates.gate(ScriptedPolicy.of(request -> decide()), sink)
            .keys(audit.keys())
            .agent(AgentIdentity.of(AGENT))
            .manifest(manifest)
            .credentials(tokens, tokens)
            .approvals(10, Duration.ofMinutes(10))
            .build();
  }

  public ToolGate gate() {
    return gate;
  }

  /** Begins a trial. The one before it must have ended. */
  public CoverageTrial begin(CoverageCase given) {
    CoverageTrial trial = new CoverageTrial(this, given);
    current = trial;
    return trial;
  }

  /** The trial at hand, for bodies that are older than it. */
  public CoverageTrial current() {
    CoverageTrial trial = current;
    if (trial == null) {
      throw new IllegalStateException("no trial has begun");
    }
    return trial;
  }

  /**
   * What the audit has on a trial. When the gate is closed.
   *
   * @throws IOException if the audit is not whole
   */
  public CoverageEvidence evidence(CoverageTrial trial) throws IOException {
    verified();
    return audit.between(trial.from(), trial.to());
  }

  private synchronized void verified() throws IOException {
    if (!verified) {
      audit.verify();
      verified = true; // closed, so nothing comes after it
    }
  }

  private Decision decide() {
    Basis basis = new Basis("scripted", "r1", List.of("rule"));
    CoverageTrial trial = current;
    if (trial == null || !trial.armed()) {
      return Decision.permit(basis);
    }
    return switch (trial.given()) {
      case DENY -> new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN);
      case APPROVAL -> new Decision.NeedsApproval(basis, List.of());
      case PDP_ERROR -> throw new IllegalStateException("told to fail");
      case ALLOW, REVOKED, AUDIT_FAILURE -> Decision.permit(basis);
    };
  }

  /** How much is on record by now. */
  AuditFile.Mark recorded() {
    return audit.mark();
  }

  int auditRefused() {
    return sink.refused();
  }

  /** From here on the case holds. */
  void arm(CoverageCase given) {
    if (given == CoverageCase.REVOKED) {
      gate.killSwitch().revoke(agent(), "carol");
    } else if (given == CoverageCase.AUDIT_FAILURE) {
      sink.failing(true);
    }
  }

  /** From here on it does not. */
  void disarm(CoverageCase given) {
    sink.failing(false);
    if (given == CoverageCase.REVOKED) {
      gate.killSwitch().restore(agent(), "carol");
    }
  }

  private static RevocationTarget agent() {
    return RevocationTarget.agent(TENANT, AGENT);
  }

  @Override
  public void close() {
    gate.close();
    sink.close();
  }
}
