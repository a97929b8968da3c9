package dev.tollgate.credential;

import dev.tollgate.GateClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again to revoke what could not be revoked when its call ended, until it is or has expired.
 */
final class RevocationRetry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationRetry.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private final CredentialIssuer issuer;
  private final RevocationOutbox outbox;
  private final GateClock clock;
  private final Map<String, IssuedCredential> pending = new ConcurrentHashMap<>();
  private final ScheduledExecutorService worker;

  RevocationRetry(CredentialIssuer issuer, RevocationOutbox outbox, GateClock clock) {
    this.issuer = issuer;
    this.outbox = outbox;
    this.clock = clock;
    outbox.pending().forEach(left -> pending.put(left.lease(), left.credential()));
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tollgate-revocation");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        worker.scheduleWithFixedDelay(this::run, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void add(String lease, IssuedCredential credential, boolean stored) {
    if (!stored) {
      log.error("lease {} is held in memory only: the outbox did not take it", lease);
    }
    pending.put(lease, credential);
  }

  /** How many credentials may still be alive. */
  int waiting() {
    return pending.size();
  }

  private void run() {
    pending.forEach(
        (lease, credential) -> {
          // Asked first: a wall clock that is wrong must not forget a token that is alive.
          if (revoked(lease, credential) || clock.now().isAfter(credential.expiresAt())) {
            forget(lease, credential);
          }
        });
  }

  private void forget(String lease, IssuedCredential credential) {
    pending.remove(lease);
    credential.token().wipe();
    try {
      outbox.remove(lease);
    } catch (RuntimeException | Error e) { // thrown on, it would end the worker
      log.warn("outbox: {} could not be removed", lease, e);
    }
  }

  private boolean revoked(String lease, IssuedCredential credential) {
    try {
      issuer.revoke(credential.token());
      log.info("lease {} is revoked, late", lease);
      return true;
    } catch (CredentialException | RuntimeException | Error e) {
      return false; // the next round tries again
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
