package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One agent's own token (client credentials), kept until shortly before its end. It asks for no
 * scope: its one use is to say who acts.
 */
final class ActorToken {
  /** The exchange must reach the server while the token lives. */
  private static final long MARGIN_SECONDS = 10;

  /** However long the server lets it live, so that a change at the server is noticed. */
  private static final long LONGEST_SECONDS = 300;

  private static final Map<String, List<String>> FORM =
      Map.of("grant_type", List.of("client_credentials"));

  private final ClientAuthentication client;
  private final TokenEndpoint endpoint;
  private final Revocation revocation;
  private final Duration wait;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();

  // Both guarded by the lock.
  private @Nullable Secret token;
  private long usableUntil;

  ActorToken(
      ClientAuthentication client,
      TokenEndpoint endpoint,
      Revocation revocation,
      Duration wait,
      LongSupplier nanos) {
    this.client = client;
    this.endpoint = endpoint;
    this.revocation = revocation;
    this.wait = wait;
    this.nanos = nanos;
  }

  /** A copy, because the kept one may be wiped while a call still uses it. */
  Secret copy(Endpoints endpoints) throws CredentialException {
    lockInTime();
    try {
      Secret kept = token;
      if (kept == null || usableUntil - nanos.getAsLong() <= 0) {
        wipe();
        kept = fetch(endpoints);
      }
      return kept.reveal(SecretAccess.granted(), Secret::of);
    } finally {
      lock.unlock();
    }
  }

  /** Drops the kept token, unless another call is getting a new one just now. */
  void forget() {
    if (lock.tryLock()) {
      try {
        wipe();
      } finally {
        lock.unlock();
      }
    }
  }

  private Secret fetch(Endpoints endpoints) throws CredentialException {
    long asked = nanos.getAsLong();
    TokenResponse response = endpoint.ask(FORM, client, endpoints);
    String type = Json.text(response.members().get("token_type"));
    if (response.refreshToken() != null || type == null || !type.equalsIgnoreCase("Bearer")) {
      String ended = revocation.tryToEnd(response, endpoints);
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNVERIFIABLE, "the agent's own token is no bearer token" + ended);
    }
    // Without expires_in nobody knows when it ends: good for this call only.
    Double seconds = Json.number(response.members().get("expires_in"));
    double usable = seconds == null ? 0 : Math.min(seconds, LONGEST_SECONDS) - MARGIN_SECONDS;
    token = response.token();
    usableUntil = asked + (long) (Math.max(usable, 0) * 1e9);
    return response.token();
  }

  private void wipe() {
    if (token != null) {
      token.wipe();
      token = null;
    }
  }

  private void lockInTime() throws CredentialException {
    try {
      if (!lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CredentialException(
            ReasonCode.CREDENTIAL_TIMEOUT, "the agent's own token did not come in " + wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE, "the call was cancelled before it had a credential");
    }
  }
}
