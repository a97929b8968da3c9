package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.WallWatch;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.KeySource;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands parts of a task from one agent to another. What is handed over is a signed text, a
 * transaction token: a statement, no credential, for the one agent it names, within one trust
 * domain, good for one acceptance. Thread-safe.
 */
public final class Delegations {
  private static final Logger log = LoggerFactory.getLogger(Delegations.class);

  /** A token is remembered for longer than it lives, whatever the clocks do that is tolerated. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final DelegationKeys keys;
  private final DelegationIssuer issuer;
  private final DelegationVerifier verifier;
  private final ReceivedTasks received;
  private final StateStore state;
  private final AuditSink audit;
  private final GateClock clock;
  private final WallWatch wall = new WallWatch();

  /**
   * @param keys asked at each use; its keys for delegations are the only ones that count
   * @param trustDomain who signs and for whom, such as {@code acme.example}; nothing leaves it
   * @param state where accepted delegations are remembered; all who share the keys share it
   */
  public Delegations(
      KeySource keys, String trustDomain, StateStore state, AuditSink audit, GateClock clock) {
    if (trustDomain.isBlank()) {
      throw new IllegalArgumentException("a trust domain has a name");
    }
    this.keys = new DelegationKeys(keys);
    this.issuer =
        new DelegationIssuer(new DelegationStanding(this.keys, clock), trustDomain, clock);
    this.verifier = new DelegationVerifier(this.keys, trustDomain);
    this.received = new ReceivedTasks(clock);
    this.state = state;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Signs what the task's agent hands over: as much of the grant as the agent itself was handed,
   * and all of it if nobody handed it the task.
   *
   * @return the signed text; no credential, but not for logs
   * @throws DelegationException {@code DELEGATION_TOO_DEEP} if the task may not be handed on, if
   *     the receiver is the agent itself or one that had the task before, or if the text became
   *     longer than 32 KiB; the reason of the task's own delegation if that is not valid; {@code
   *     DELEGATION_EXPIRED} if less than a second is left; {@code AUDIT_UNAVAILABLE} if it could
   *     not be recorded
   * @throws IllegalArgumentException if a scope holds a space, or a name is not well-formed
   * @throws IllegalStateException if there is no key to sign with
   */
  public String delegate(Task task, Grant grant) throws DelegationException {
    DelegationClaims claims = issuer.claims(task, grant, now());
    String token = keys.sign(ClaimsForm.write(claims));
    if (token.length() > SignedToken.LONGEST) {
      throw new DelegationException(
          ReasonCode.DELEGATION_TOO_DEEP, "longer than 32 KiB: grant fewer tools, in fewer hops");
    }
    if (!says(token, claims)) {
      throw new IllegalArgumentException("a grant's scope or name cannot be written");
    }
    Grant given = claims.grant();
    record(
        claims.task().tenant(),
        claims.task().id(),
        new AuditRecord.Delegated(
            claims.id(),
            claims.from(),
            given.to(),
            given.tools(),
            given.scopes(),
            given.calls(),
            given.depth(),
            claims.expiresAt()));
    return token;
  }

  /** A scope with a space in it would be read as two, half a character as a question mark. */
  private static boolean says(String token, DelegationClaims claims) {
    try {
      return ClaimsReader.read(SignedToken.read(token).payload()).equals(claims);
    } catch (DelegationException e) {
      return false;
    }
  }

  /**
   * Verifies what was handed over, once: the same text is not accepted twice. Never throws for a
   * bad one: then every call of the task that is returned is denied, for the reason why.
   *
   * <p>Within the process that handed it over, the task shares the words of the user and the life
   * of the ambient task; elsewhere it has no words, and so grants nothing by them.
   *
   * @param token what came with the work
   * @param caller on whose behalf, as the runtime authenticated it; never read from the token
   * @param receiver the agent that is to work, as the runtime knows it
   * @return the task, to be opened around the receiver's work
   */
  public Task accept(String token, Caller caller, AgentIdentity receiver) {
    String id = "";
    ReasonCode reason;
    try {
      Instant now = now();
      DelegationVerifier.Chain chain = verifier.authentic(token);
      id = chain.last().id();
      VerifiedDelegation verified = verifier.verify(chain, caller, receiver.id(), now);
      Task task = received.open(chain.last(), verified, caller, receiver, now);
      once(caller.tenant(), chain.last(), now);
      record(caller.tenant(), task.id(), new AuditRecord.DelegationAccepted(id, receiver.id(), ""));
      return task;
    } catch (DelegationException e) {
      reason = e.reason();
    } catch (RuntimeException e) {
      reason = failed(e);
    }
    Task task = received.refused(reason, caller, receiver);
    recordRefusal(caller.tenant(), task.id(), id, receiver.id(), reason);
    return task;
  }

  /**
   * Verifies again what was accepted before, for a task that goes on later: all but whether it was
   * accepted before. Records nothing.
   *
   * @param task the task as it was, with its agent and caller
   * @return the task with what was handed over, or with the refusal of it
   */
  public Task again(String token, Task task) {
    Caller caller = task.caller();
    if (caller == null) {
      return refused(task, ReasonCode.SUBJECT_MISSING);
    }
    try {
      Instant now = now();
      DelegationVerifier.Chain chain = verifier.authentic(token);
      if (!chain.last().task().is(task)) {
        return refused(task, ReasonCode.DELEGATION_FOREIGN);
      }
      VerifiedDelegation verified = verifier.verify(chain, caller, task.agent().id(), now);
      return task.delegated(task.agent(), verified, received.ends(verified, now));
    } catch (DelegationException e) {
      return refused(task, e.reason());
    } catch (RuntimeException e) {
      return refused(task, failed(e));
    }
  }

  private Instant now() throws DelegationException {
    Instant now = clock.now();
    if (wall.setBack(now)) {
      throw new DelegationException(ReasonCode.CLOCK_SET_BACK, "the wall clock was set back");
    }
    return now;
  }

  private static Task refused(Task task, ReasonCode reason) {
    return task.delegated(task.agent(), new RefusedDelegation(reason), task.deadlineNanos());
  }

  /** By the verified id: the same signed bytes can be written in more than one way. */
  private void once(String tenant, DelegationClaims claims, Instant now)
      throws DelegationException {
    Duration life = Duration.between(now, claims.expiresAt()).plus(MARGIN);
    boolean first;
    try {
      first = state.putIfAbsent(new StateKey(tenant, "delegation", claims.id()), "accepted", life);
    } catch (RuntimeException e) {
      log.error("delegation: the store did not answer: {}", e.getClass().getName());
      throw new DelegationException(ReasonCode.STATE_UNAVAILABLE, "the store did not answer");
    }
    if (!first) {
      throw new DelegationException(ReasonCode.DELEGATION_REPLAYED, "accepted before");
    }
  }

  private void record(String tenant, String taskId, AuditRecord record) throws DelegationException {
    CallJournal journal = new CallJournal(audit, clock::now, tenant, taskId, "");
    journal.note(record);
    try {
      journal.flush();
    } catch (AuditException e) {
      throw new DelegationException(ReasonCode.AUDIT_UNAVAILABLE, "not on record");
    }
  }

  private void recordRefusal(
      String tenant, String taskId, String id, String agent, ReasonCode reason) {
    try {
      record(tenant, taskId, new AuditRecord.DelegationAccepted(id, agent, reason.code()));
    } catch (DelegationException e) {
      log.error("delegation: refused, {}, and that could not be recorded", reason.code());
    }
  }

  /** Only the class: the message may repeat what somebody else wrote. */
  private static ReasonCode failed(RuntimeException e) {
    log.error("delegation: verifying failed: {}", e.getClass().getName());
    return ReasonCode.STAGE_FAILED;
  }
}
