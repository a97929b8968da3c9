package dev.tollgate;

import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.destination.Connection;
import dev.tollgate.destination.ConnectionCheck;
import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyStage;
import dev.tollgate.policy.RaisedEffects;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the policy about each connection of one running call, and puts the answer on record before
 * the client connects. Thread-safe.
 */
final class ConnectionGuard extends ConnectionCheck {
  private static final Logger log = LoggerFactory.getLogger(ConnectionGuard.class);
  private final GateParts parts;
  private final AdmittedCall admitted;
  private volatile boolean ended;

  ConnectionGuard(GateParts parts, AdmittedCall admitted) {
    this.parts = parts;
    this.admitted = admitted;
  }

  /** The tool has ended: who kept its context and goes on connecting is refused. */
  void end() {
    ended = true;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void ask(String host, InetAddress address, int redirects)
      throws ConnectionRefusedException {
    String zone = "";
    Decision decision;
    try {
      Connection connection = new Connection(host, address, parts.zones.of(host), redirects);
      zone = connection.zone();
      decision = decide(connection);
    } catch (RuntimeException | Error e) {
      log.error("call {}: nobody could be asked about a connection", admitted.call().id(), e);
      decision = Decision.deny("gate", ReasonCode.STAGE_FAILED);
    }
    ReasonCode reason = Stricter.than(admitted, decision);
    boolean enforced = reason == null || !parts.observe || !reason.observable();
    record(decision, host, address, zone, redirects, reason, enforced);
    if (reason != null && enforced) {
      throw denied(reason);
    }
    Task task = admitted.call().task();
    if (task != null) { // a redirect may have led elsewhere than the arguments said
      task.life().sequence().sent(admitted.call().tool(), Set.of(zone));
    }
  }

  @Override
  public void refused(
      String host, @Nullable InetAddress address, int redirects, ReasonCode reason) {
    Decision deny = Decision.deny("client", reason);
    try {
      record(deny, host, address, parts.zones.of(host), redirects, reason, true);
    } catch (ConnectionRefusedException | RuntimeException e) {
      log.error("call {}: a refused connection is not on record", admitted.call().id(), e);
    }
    denied(reason);
  }

  private Decision decide(Connection connection) {
    if (ended) {
      return Decision.deny("gate", ReasonCode.DESTINATION_REFUSED);
    }
    ReasonCode revoked = admitted.running().revokedInFlight();
    if (revoked != null) {
      return Decision.deny("gate", revoked);
    }
    AskedFacts asked = admitted.asked();
    if (asked == null) { // no policy was asked about it before: then none permitted it
      return admitted.decision() instanceof Decision.Deny observed
          ? observed
          : Decision.deny("gate", ReasonCode.STAGE_FAILED);
    }
    CallFacts facts = asked.about(connection);
    return new PolicyStage(new RaisedEffects(parts.policy), parts.clock, call -> facts)
        .decide(List.of(admitted.call()))
        .get(0);
  }

  /** On record before the client connects: a connection that nobody can prove is not made. */
  private void record(
      Decision decision,
      String host,
      @Nullable InetAddress address,
      String zone,
      int redirects,
      @Nullable ReasonCode reason,
      boolean enforced)
      throws ConnectionRefusedException {
    Basis basis = decision.basis();
    // Not the call's own journal: several threads of a tool may connect at once.
    CallJournal journal = parts.factory.emptyJournal(admitted.call());
    journal.note(
        new AuditRecord.Connected(
            host,
            address == null ? "" : address.getHostAddress(),
            zone,
            redirects,
            reason == null ? "permit" : "deny",
            reason == null ? "" : reason.code(),
            basis.decider(),
            basis.revision(),
            basis.policies(),
            enforced));
    try {
      journal.flush();
    } catch (AuditException e) {
      parts.auditFailed(e);
      throw denied(ReasonCode.AUDIT_UNAVAILABLE);
    }
  }

  /** Counts like every denial: who tries out addresses uses up what a task may be denied. */
  private ConnectionRefusedException denied(ReasonCode reason) {
    Task task = admitted.call().task();
    parts.budgets.denied(task);
    if (task != null) {
      task.life().denied();
    }
    return new ConnectionRefusedException(reason);
  }
}
