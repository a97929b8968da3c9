package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.SecretAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential exists inside its call, and nowhere else. */
class LeaseTest {
  @TempDir Path folder;
  private final FakeIssuer issuer = new FakeIssuer();
  private Bench bench = new Bench(Policy.permit());
  private FolderOutbox outbox = new FolderOutbox(Path.of("target/unused"), bench.keys);

  @BeforeEach
  void setUp() {
    outbox = new FolderOutbox(folder, bench.keys);
    bench.builder.credentials(issuer, outbox);
  }

  private void ended(String end) {
    assertThat(bench.sink.records(AuditRecord.CredentialEnded.class))
        .extracting(AuditRecord.CredentialEnded::end)
        .containsExactly(end);
  }

  @Test
  void itIsThereInsideTheCallOnly() {
    List<CallCredential> kept = new ArrayList<>();
    bench
        .gate()
        .call(
            bench.call("pay"),
            text -> {
              CallCredential credential = CallCredential.current().orElseThrow();
              kept.add(credential);
              assertThat(outbox.pending()).hasSize(1);
              assertThat(credential.scopes()).containsExactly("pay");
              assertThat(bench.gate().openLeases())
                  .singleElement()
                  .satisfies(
                      lease -> {
                        assertThat(lease.tool()).isEqualTo("pay");
                        assertThat(lease.audience()).isEqualTo("bank");
                        assertThat(lease.toString()).doesNotContain("token-1");
                      });
              return ToolResult.returned(
                  credential.bearer(SecretAccess.granted(), Bench.BANK, token -> token));
            });
    assertThat(bench.gate().openLeases()).isEmpty();
    assertThat(CallCredential.current()).isEmpty();
    assertThatThrownBy(() -> kept.get(0).bearer(SecretAccess.granted(), Bench.BANK, t -> t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("token-1");
    assertThat(issuer.revoked).containsExactly("token-1");
    assertThat(outbox.pending()).isEmpty();
    assertThat(bench.sink.kinds())
        .containsExactly(
            "proposed",
            "decided",
            "credential_issued",
            "dispatched",
            "credential_ended",
            "outcome");
    ended("revoked");
    assertThat(bench.sink.entries.toString()).doesNotContain("token-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audience", "scope", "lifetime"})
  void anIssuerThatGivesMoreThanAskedIsNotTrusted(String wider) {
    switch (wider) {
      case "audience" -> issuer.audience = "files";
      case "scope" -> issuer.scopes = Set.of("pay", "admin");
      default -> issuer.expires = bench.clock.now().plus(Duration.ofHours(1));
    }
    ToolResult result = bench.gate().call(bench.call("pay"), bench.body());
    assertThat(Bench.reason(result)).isEqualTo(ReasonCode.CREDENTIAL_WIDER);
    assertThat(issuer.revoked).containsExactly("token-1");
    ended("revoked");
    assertThat(bench.sink.kinds()).doesNotContain("dispatched", "outcome");
  }

  @Test
  void aCallInsideACallDoesNotInheritIt() {
    List<Optional<CallCredential>> seen = new ArrayList<>();
    dev.tollgate.task.Task task = bench.task();
    bench
        .gate()
        .call(
            bench.call(task, bench.tool("pay"), "{}"),
            outer ->
                bench
                    .gate()
                    .call(
                        bench.call(task, bench.tool("read"), "{}"),
                        inner -> {
                          seen.add(CallCredential.current());
                          return ToolResult.returned("");
                        }));
    assertThat(seen).containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(
      value = ReasonCode.class,
      names = {
        "CREDENTIAL_UNAVAILABLE",
        "CREDENTIAL_TIMEOUT",
        "CREDENTIAL_WIDER",
        "CREDENTIAL_UNVERIFIABLE"
      })
  void theIssuersReasonIsTheDenials(ReasonCode reason) {
    issuer.issueFails = new CredentialException(reason, "no");
    assertThat(Bench.reason(bench.run("pay"))).isEqualTo(reason);
    assertThat(bench.runs).hasValue(0);
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided", "refused");
  }

  @Test
  void anIssuerThatBreaksDenies() {
    for (Throwable broken :
        List.of(new IllegalStateException("x"), new NoClassDefFoundError("x"))) {
      issuer.issueFails = broken;
      assertThat(Bench.reason(bench.run("pay"))).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
    }
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void withoutAnIssuerNothingThatNeedsOneRuns() {
    Bench bare = new Bench(Policy.permit());
    assertThat(Bench.reason(bare.run("pay"))).isEqualTo(ReasonCode.CREDENTIAL_ISSUER_MISSING);
    assertThat(Bench.reason(bare.run("read"))).isNull();
  }

  @Test
  void itIsRevokedWhenTheToolThrows() {
    bench
        .gate()
        .call(
            bench.call("pay"),
            text -> {
              throw new IllegalStateException("x");
            });
    assertThatThrownBy(
            () ->
                bench
                    .gate()
                    .call(
                        bench.call("pay"),
                        text -> {
                          throw new StackOverflowError();
                        }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(issuer.revoked).containsExactly("token-1", "token-2");
    assertThat(bench.sink.records(AuditRecord.CredentialEnded.class)).hasSize(2);
  }

  /** A client that waits gives up at once on an interrupted thread: the token would stay alive. */
  @Test
  void itIsRevokedWhenTheThreadIsInterrupted() {
    bench
        .gate()
        .call(
            bench.call("pay"),
            text -> {
              Thread.currentThread().interrupt();
              return ToolResult.returned("");
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(issuer.wasInterrupted).isFalse();
    assertThat(issuer.revoked).containsExactly("token-1");
    assertThat(outbox.pending()).isEmpty();
  }

  @Test
  void itIsRevokedWhenTheAuditRefusesTheDispatch() {
    bench.sink.failing = true;
    assertThat(Bench.reason(bench.run("pay"))).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    assertThat(issuer.revoked).containsExactly("token-1");
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void whatCannotBeRevokedExpires() {
    issuer.revocable = false;
    bench.run("pay");
    assertThat(issuer.revoked).isEmpty();
    assertThat(outbox.pending()).isEmpty();
    ended("expires_at");
  }

  @Test
  void anObligationCapsItsLife() {
    Bench capped =
        new Bench(
            Policy.permit(
                new Obligation.CapLifetime(Duration.ofSeconds(20)),
                new Obligation.CapLifetime(Duration.ofSeconds(7)),
                new Obligation.CapLifetime(Duration.ofSeconds(90))));
    capped.builder.credentials(issuer, outbox);
    capped.run("pay");
    assertThat(issuer.requests.get(0).need().lifetime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(issuer.requests.get(0).need().origin()).isEqualTo(Bench.BANK);
  }

  @Test
  void itIsForItsOriginOnly() {
    CallCredential credential =
        new CallCredential(issuer.credential("t"), URI.create("https://Bank.Example"));
    assertThat(
            List.of(
                "https://bank.example/x", "https://BANK.EXAMPLE:443/", "HTTPS://bank.example?a=b"))
        .allMatch(uri -> credential.isFor(URI.create(uri)));
    assertThat(
            List.of(
                "http://bank.example/",
                "https://bank.example:8443/",
                "https://evil.example/",
                "https://www.bank.example/",
                "https://bank.example.evil.example/",
                "https://bank.example@evil.example/",
                "https://me@bank.example/",
                "https://bank.example./",
                "mailto:bank@bank.example",
                "/relative"))
        .noneMatch(uri -> credential.isFor(URI.create(uri)));
    assertThatThrownBy(
            () ->
                credential.bearer(
                    SecretAccess.granted(), URI.create("https://evil.example"), t -> t))
        .isInstanceOf(IllegalStateException.class);
  }
}
