package dev.tollgate.testkit;

import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives every call the credential it needs, {@code token-1}, {@code token-2}…, and remembers what
 * was revoked. Also an outbox that keeps nothing. Thread-safe.
 */
public final class CountingIssuer implements CredentialIssuer, RevocationOutbox {
  private final String prefix;
  private final AtomicInteger issued = new AtomicInteger();
  private final List<String> revoked = new CopyOnWriteArrayList<>();

  public CountingIssuer() {
    this("token");
  }

  /**
   * @param prefix what each token begins with, before {@code -1}, {@code -2}…
   */
  public CountingIssuer(String prefix) {
    this.prefix = prefix;
  }

  /** The tokens that were revoked, in order. */
  public List<String> revoked() {
    return List.copyOf(revoked);
  }

  @Override
  public IssuedCredential issue(CredentialRequest request) {
    return new IssuedCredential(
        request.callId(),
        Secret.of(prefix + "-" + issued.incrementAndGet()),
        request.need().audience(),
        request.need().scopes(),
        Instant.now().plus(request.need().lifetime()),
        true);
  }

  @Override
  public void revoke(Secret token) {
    revoked.add(token.reveal(SecretAccess.granted(), text -> text));
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void put(String lease, IssuedCredential credential) {}

  @Override
  public void remove(String lease) {}

  @Override
  public List<Pending> pending() {
    return List.of();
  }
}
