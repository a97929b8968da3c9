package dev.tollgate.credential;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One credential from its issue to its end. It ends once: by its call, or by a revocation that
 * comes first.
 */
final class Lease {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);
  private final String id;
  private final IssuedCredential credential;
  private final CredentialIssuer issuer;
  private final RevocationOutbox outbox;
  private final RevocationRetry retry;
  private boolean stored;
  private @Nullable String ended;

  Lease(
      String id,
      IssuedCredential credential,
      CredentialIssuer issuer,
      RevocationOutbox outbox,
      RevocationRetry retry) {
    this.id = id;
    this.credential = credential;
    this.issuer = issuer;
    this.outbox = outbox;
    this.retry = retry;
  }

  String id() {
    return id;
  }

  IssuedCredential credential() {
    return credential;
  }

  CredentialIssuer issuer() {
    return issuer;
  }

  /** False if the outbox did not take it: then it must not be handed over. */
  boolean store() {
    try {
      outbox.put(id, credential);
      stored = true;
    } catch (OutboxException | RuntimeException | Error e) {
      log.error("outbox: lease {} could not be stored", id, e);
    }
    return stored;
  }

  /** Ends it, as far as it can be, and never throws: the call's own result must not be lost. */
  synchronized String end() {
    String how = ended == null ? endNow() : ended;
    ended = how;
    return how;
  }

  private String endNow() {
    if (credential.revocable() && !revoked()) {
      retry.add(id, credential, stored);
      return "revocation_pending";
    }
    credential.token().wipe();
    try {
      outbox.remove(id);
    } catch (RuntimeException | Error e) {
      log.warn("outbox: {} could not be removed; it is revoked again at the next start", id, e);
    }
    return credential.revocable() ? "revoked" : "expires_at";
  }

  private boolean revoked() {
    try {
      issuer.revoke(credential.token());
      return true;
    } catch (CredentialException e) {
      log.warn("lease {} is not revoked yet: {}", id, e.getMessage());
    } catch (RuntimeException | Error e) {
      // Only the class: the message of a foreign exception may hold what a server wrote.
      log.warn("lease {} is not revoked yet: {}", id, e.getClass().getName());
    }
    return false;
  }
}
