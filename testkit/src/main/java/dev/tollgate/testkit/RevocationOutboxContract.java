package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link RevocationOutbox} must do. */
public abstract class RevocationOutboxContract {
  private static final Instant END = Instant.parse("2026-11-23T12:00:00Z");

  /** Opens the outbox anew, over what earlier ones of this test left. */
  protected abstract RevocationOutbox open();

  private static IssuedCredential credential(String token) {
    return new IssuedCredential("jti", Secret.of(token), "bank", Set.of("pay"), END, true);
  }

  private static String token(RevocationOutbox.Pending pending) {
    return pending.credential().token().reveal(SecretAccess.granted(), text -> text);
  }

  @Test
  void whatIsPutIsThereAfterARestart() throws Exception {
    assertThat(open().pending()).isEmpty();
    open().put("l-1", credential("token-1"));
    open().put("l-2", credential("token-2"));
    assertThat(open().pending())
        .extracting(RevocationOutbox.Pending::lease, RevocationOutboxContract::token)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("l-1", "token-1"),
            org.assertj.core.groups.Tuple.tuple("l-2", "token-2"));
    IssuedCredential left = open().pending().get(0).credential();
    assertThat(left.audience()).isEqualTo("bank");
    assertThat(left.reference()).isEqualTo("jti");
    assertThat(left.expiresAt()).isEqualTo(END);
    assertThat(left.revocable()).isTrue();
  }

  @Test
  void whatIsRemovedIsGone() throws Exception {
    open().put("l-1", credential("token-1"));
    open().put("l-2", credential("token-2"));
    open().remove("l-1");
    open().remove("l-1");
    open().remove("l-unknown");
    assertThat(open().pending()).extracting(RevocationOutbox.Pending::lease).containsExactly("l-2");
  }

  @Test
  void manyThreadsPutAndRemove() throws Exception {
    RevocationOutbox outbox = open();
    AtomicInteger next = new AtomicInteger();
    Threads.together(
        16,
        () -> {
          for (int i = 0; i < 10; i++) {
            int lease = next.incrementAndGet();
            outbox.put("l-" + lease, credential("token-" + lease));
            if (lease % 2 == 0) {
              outbox.remove("l-" + lease);
            }
          }
        });
    assertThat(outbox.pending())
        .hasSize(80)
        .allMatch(left -> token(left).equals("token-" + left.lease().substring(2)));
  }

  @Test
  void anInterruptedThreadCanPutAndRemove() throws Exception {
    Thread.currentThread().interrupt();
    try {
      open().put("l-1", credential("token-1"));
      assertThat(open().pending()).hasSize(1);
      open().remove("l-1");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(open().pending()).isEmpty();
  }
}
