package dev.tollgate.credential;

import dev.tollgate.ExecutionInterceptor;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.telemetry.GateTelemetry;
import dev.tollgate.telemetry.TelemetryNames;
import dev.tollgate.tool.CredentialNeed;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credential stage: gets one for this call, hands it over inside the call, and ends it when the
 * call ends.
 */
public final class LeaseCredential implements ExecutionInterceptor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseCredential.class);

  /** The token server's clock may run ahead of ours. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final @Nullable CredentialIssuer issuer;
  private final @Nullable RevocationOutbox outbox;
  private final GateTelemetry telemetry;
  private final GateClock clock;
  private final IssuedTokens issued;
  private final @Nullable RevocationRetry retry;
  private final Map<String, OpenLease> open = new ConcurrentHashMap<>();

  public LeaseCredential(
      @Nullable CredentialIssuer issuer,
      @Nullable RevocationOutbox outbox,
      GateTelemetry telemetry,
      GateClock clock) {
    this.issuer = issuer;
    this.outbox = outbox;
    this.telemetry = telemetry;
    this.clock = clock;
    this.issued = new IssuedTokens(clock);
    this.retry =
        issuer == null || outbox == null ? null : new RevocationRetry(issuer, outbox, clock);
  }

  @Override
  public ToolResult intercept(Chain chain) {
    CredentialNeed need = chain.call().call().tool().credential();
    if (need == null) {
      try (Scope scope = CallCredential.none()) {
        return chain.proceed();
      }
    }
    if (issuer == null || outbox == null || retry == null) {
      return chain.deny(ReasonCode.CREDENTIAL_ISSUER_MISSING);
    }
    Task task = chain.call().call().task();
    Caller caller = task == null ? null : task.caller();
    if (task == null || caller == null) {
      return chain.deny(ReasonCode.CREDENTIAL_UNAVAILABLE);
    }
    CredentialNeed narrowed = narrowed(need, chain.call().obligations());
    if (narrowed == null) {
      return chain.deny(ReasonCode.SCOPE_EMPTY);
    }
    CredentialRequest request =
        new CredentialRequest(chain.call().call().id(), caller, task.agent(), narrowed);
    IssuedCredential credential;
    try {
      credential = issuer.issue(request);
    } catch (CredentialException e) {
      log.warn("no credential for call {}: {}", request.callId(), e.getMessage());
      return chain.deny(e.reason());
    } catch (RuntimeException | Error e) {
      // Only the class: the message of a foreign exception may hold what a server wrote.
      log.error("the issuer failed for call {}: {}", request.callId(), e.getClass().getName());
      return chain.deny(ReasonCode.CREDENTIAL_UNAVAILABLE);
    }
    if (credential == null) {
      log.error("the issuer gave nothing for call {}", request.callId());
      return chain.deny(ReasonCode.CREDENTIAL_UNAVAILABLE);
    }
    return handOver(chain, request.need(), credential, issuer, outbox, retry);
  }

  private ToolResult handOver(
      Chain chain,
      CredentialNeed need,
      IssuedCredential credential,
      CredentialIssuer from,
      RevocationOutbox pending,
      RevocationRetry later) {
    issued.add(credential);
    CallCredential handed = new CallCredential(credential, need.origin());
    Lease lease = new Lease("l-" + UUID.randomUUID(), credential, from, pending, later);
    open.put(lease.id(), shown(chain, lease));
    telemetry.leaseOpened();
    try {
      noteIssued(chain, lease);
      if (!within(need, credential)) {
        log.error("issuer {} gave more than lease {} asked for", from.name(), lease.id());
        return chain.deny(ReasonCode.CREDENTIAL_WIDER);
      }
      if (!lease.store()) {
        return chain.deny(ReasonCode.OUTBOX_UNAVAILABLE);
      }
      chain.call().running().leased(lease.id(), handed::end, lease::end);
      try (Scope scope = handed.open()) {
        return chain.proceed();
      }
    } finally {
      handed.end();
      end(chain, lease);
    }
  }

  /** Issuers check what servers give; the gate checks issuers, which others may have written. */
  private boolean within(CredentialNeed need, IssuedCredential credential) {
    return credential.audience().equals(need.audience())
        && need.scopes().containsAll(credential.scopes())
        && !credential.expiresAt().isAfter(clock.now().plus(need.lifetime()).plus(SKEW));
  }

  private static void noteIssued(Chain chain, Lease lease) {
    IssuedCredential credential = lease.credential();
    chain
        .journal()
        .note(
            new AuditRecord.CredentialIssued(
                lease.id(),
                lease.issuer().name(),
                credential.reference(),
                credential.audience(),
                credential.scopes(),
                credential.expiresAt()));
    Span.current()
        .addEvent(
            TelemetryNames.EVENT_ISSUED,
            Attributes.of(
                TelemetryNames.LEASE, lease.id(), TelemetryNames.AUDIENCE, credential.audience()));
  }

  /** The credentials that were handed over. */
  public IssuedTokens issued() {
    return issued;
  }

  /** What calls hold at this moment. */
  public List<OpenLease> open() {
    return List.copyOf(open.values());
  }

  /** How many credentials of calls that have ended could not be revoked yet. */
  public int pendingRevocations() {
    return retry == null ? 0 : retry.waiting();
  }

  private OpenLease shown(Chain chain, Lease lease) {
    ToolCall call = chain.call().call();
    Task task = call.task();
    IssuedCredential credential = lease.credential();
    return new OpenLease(
        lease.id(),
        call.id(),
        call.tool().name(),
        task == null ? "" : task.conversation().tenant(),
        credential.audience(),
        clock.now(),
        credential.expiresAt());
  }

  /** Whatever happened in the call, its credential's end is committed here. */
  private void end(Chain chain, Lease lease) {
    long start = clock.nanos();
    // An issuer would give up at once on an interrupted thread, and the token stay alive.
    boolean interrupted = Thread.interrupted();
    String end = lease.end();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    long lag = clock.nanos() - start;
    open.remove(lease.id());
    telemetry.leaseEnded();
    telemetry.revoked(lag);
    chain.journal().note(new AuditRecord.CredentialEnded(lease.id(), end, lag / 1000));
    Span.current()
        .addEvent(
            TelemetryNames.EVENT_ENDED,
            Attributes.of(TelemetryNames.LEASE, lease.id(), TelemetryNames.END, end));
  }

  /** What is left of a need; {@code null} if no scope is, for servers read that as any scope. */
  private static @Nullable CredentialNeed narrowed(
      CredentialNeed need, List<Obligation> obligations) {
    CredentialNeed narrowed = need;
    for (Obligation obligation : obligations) {
      if (obligation instanceof Obligation.CapLifetime cap) {
        narrowed = narrowed.capped(cap.lifetime());
      } else if (obligation instanceof Obligation.NarrowScope scope) {
        narrowed = narrowed.within(scope.scopes());
        if (narrowed.scopes().isEmpty()) {
          return null;
        }
      }
    }
    return narrowed;
  }

  @Override
  public void close() {
    if (retry != null) {
      retry.close();
    }
  }
}
