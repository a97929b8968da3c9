package dev.tollgate.springai;

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

/** Issues {@code token-1}, {@code token-2}… and remembers what was revoked. */
final class CountingIssuer implements CredentialIssuer, RevocationOutbox {
  final List<String> revoked = new CopyOnWriteArrayList<>();
  private final AtomicInteger issued = new AtomicInteger();

  @Override
  public IssuedCredential issue(CredentialRequest request) {
    return new IssuedCredential(
        "jti",
        Secret.of("token-" + issued.incrementAndGet()),
        request.need().audience(),
        request.need().scopes(),
        Instant.now().plusSeconds(60),
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
