package dev.tollgate.credential;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Clock;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Issues {@code token-1}, {@code token-2}… and remembers what was revoked. */
final class FakeIssuer implements CredentialIssuer {
  final List<CredentialRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> revoked = new CopyOnWriteArrayList<>();
  private final AtomicInteger issued = new AtomicInteger();
  final AtomicInteger failRevocations = new AtomicInteger();
  volatile @Nullable Throwable issueFails;
  volatile Instant expires = new Clock().now().plus(Duration.ofSeconds(30));
  volatile String audience = "bank";
  volatile Set<String> scopes = Set.of("pay");
  volatile boolean revocable = true;
  volatile boolean wasInterrupted;

  @Override
  public IssuedCredential issue(CredentialRequest request) throws CredentialException {
    Throwable fails = issueFails;
    if (fails instanceof CredentialException refused) {
      throw refused;
    } else if (fails instanceof RuntimeException broken) {
      throw broken;
    } else if (fails instanceof Error error) {
      throw error;
    }
    requests.add(request);
    return credential("token-" + issued.incrementAndGet()); // calls may come at once
  }

  IssuedCredential credential(String token) {
    return new IssuedCredential("jti-1", Secret.of(token), audience, scopes, expires, revocable);
  }

  @Override
  public void revoke(Secret token) throws CredentialException {
    wasInterrupted = Thread.currentThread().isInterrupted();
    if (failRevocations.getAndDecrement() > 0) {
      throw new CredentialException(
          dev.tollgate.reason.ReasonCode.CREDENTIAL_UNAVAILABLE, "told to fail");
    }
    revoked.add(token.reveal(SecretAccess.granted(), text -> text));
  }

  @Override
  public String name() {
    return "fake";
  }

  static Bench bench(FakeIssuer issuer, RevocationOutbox outbox) {
    Bench bench = new Bench(dev.tollgate.fixture.Policy.permit());
    bench.builder.credentials(issuer, outbox);
    return bench;
  }
}
