package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Keys;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.SecretAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be revoked is remembered, encrypted, until it is. */
class OutboxTest {
  @TempDir Path folder;
  private final FakeIssuer issuer = new FakeIssuer();
  private final Keys keys = new Keys();

  static void eventually(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  @Test
  void itIsEncryptedAndReadBack() throws Exception {
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    outbox.put("l-1", issuer.credential("very-secret-token"));
    keys.rotate(KeyPurpose.OUTBOX);
    List<RevocationOutbox.Pending> left = new FolderOutbox(folder, keys).pending();
    assertThat(left).singleElement().satisfies(p -> assertThat(p.lease()).isEqualTo("l-1"));
    assertThat(left.get(0).credential().token().<String>reveal(SecretAccess.granted(), t -> t))
        .isEqualTo("very-secret-token");
    assertThat(left.get(0).credential().audience()).isEqualTo("bank");
    assertThat(left.toString()).doesNotContain("very-secret-token");
    try (var files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSize(1);
      for (Path file : all) {
        assertThat(Files.readString(file)).doesNotContain("very-secret", "bank", "jti");
      }
    }
    outbox.remove("l-1");
    outbox.remove("l-1");
    assertThat(outbox.pending()).isEmpty();
  }

  @Test
  void aFileUnderTheNameOfAnotherLeaseDoesNotOpen() throws Exception {
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    outbox.put("l-1", issuer.credential("token"));
    Files.copy(folder.resolve("l-1.lease"), folder.resolve("l-2.lease"));
    assertThat(outbox.pending()).extracting(RevocationOutbox.Pending::lease).containsExactly("l-1");
    assertThat(folder.resolve("l-2.lease")).exists();
  }

  @Test
  void anotherGateRevokesWhatIsLeft() throws Exception {
    new FolderOutbox(folder, keys).put("l-1", issuer.credential("left-over"));
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    Bench bench = FakeIssuer.bench(issuer, outbox);
    bench.gate();
    eventually(() -> issuer.revoked.contains("left-over") && outbox.pending().isEmpty());
  }

  @Test
  void aRevocationThatFailsIsTriedAgainUntilItHolds() throws Exception {
    issuer.failRevocations.set(3);
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    Bench bench = FakeIssuer.bench(issuer, outbox);
    assertThat(Bench.reason(bench.run("pay"))).isNull();
    assertThat(bench.sink.records(AuditRecord.CredentialEnded.class).get(0).end())
        .isEqualTo("revocation_pending");
    assertThat(outbox.pending()).hasSize(1);
    eventually(() -> issuer.revoked.contains("token-1") && outbox.pending().isEmpty());
  }

  /** A wall clock that is wrong must not forget a token that is alive. */
  @Test
  void alsoWhenItSeemsToHaveExpired() throws Exception {
    issuer.failRevocations.set(1);
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    Bench bench = FakeIssuer.bench(issuer, outbox);
    bench.gate();
    bench.run("pay");
    bench.clock.wall = issuer.expires.plusSeconds(3600);
    eventually(() -> issuer.revoked.contains("token-1"));
  }

  @Test
  void whatHasExpiredIsGivenUp() throws Exception {
    issuer.failRevocations.set(Integer.MAX_VALUE);
    FolderOutbox outbox = new FolderOutbox(folder, keys);
    Bench bench = FakeIssuer.bench(issuer, outbox);
    bench.run("pay");
    assertThat(outbox.pending()).hasSize(1);
    bench.clock.wall = issuer.expires.plusSeconds(1);
    eventually(() -> outbox.pending().isEmpty());
    assertThat(issuer.revoked).isEmpty();
  }

  @Test
  void whatCannotBeReadIsKeptAndNamedWithoutItsContent() throws Exception {
    Files.writeString(folder.resolve("l-9.lease"), "zebra.not.a.jwe");
    FolderOutbox foreign = new FolderOutbox(folder, new Keys());
    foreign.put("l-8", issuer.credential("foreign"));
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    List<RevocationOutbox.Pending> left;
    try {
      left = new FolderOutbox(folder, keys).pending();
    } finally {
      System.setErr(before);
    }
    assertThat(left).isEmpty();
    assertThat(folder.resolve("l-9.lease")).exists();
    assertThat(folder.resolve("l-8.lease")).exists();
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("zebra", "foreign");
  }

  @Test
  void withoutAFolderTheCallIsDeniedAndTheCredentialRevoked() throws IOException {
    Path gone = folder.resolve("gone");
    Bench bench = FakeIssuer.bench(issuer, new FolderOutbox(gone, keys));
    bench.gate();
    Files.delete(gone);
    assertThat(Bench.reason(bench.run("pay"))).isEqualTo(ReasonCode.OUTBOX_UNAVAILABLE);
    assertThat(bench.runs).hasValue(0);
    assertThat(issuer.revoked).containsExactly("token-1");
    assertThat(bench.sink.kinds()).containsSubsequence("credential_issued", "refused");
  }

  @Test
  void belowAFileItCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new FolderOutbox(file.resolve("outbox"), keys)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tollgate.credential.outbox");
  }

  /** An outbox that breaks in a way it did not declare takes no result with it. */
  @Test
  void anOutboxThatThrows() {
    RevocationOutbox broken = org.mockito.Mockito.mock(RevocationOutbox.class);
    org.mockito.Mockito.doThrow(new IllegalStateException("x"))
        .when(broken)
        .remove(org.mockito.ArgumentMatchers.anyString());
    Bench bench = FakeIssuer.bench(issuer, broken);
    assertThat(Bench.reason(bench.run("pay"))).isNull();
    issuer.revocable = false;
    assertThat(Bench.reason(bench.run("pay"))).isNull();
    assertThat(bench.runs).hasValue(2);
    assertThat(issuer.revoked).containsExactly("token-1");
  }
}
