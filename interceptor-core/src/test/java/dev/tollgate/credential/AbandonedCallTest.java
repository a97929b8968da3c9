package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Admission;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.SecretAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run of an agent leaves behind when it ends. */
@Timeout(20)
class AbandonedCallTest {
  @TempDir Path folder;
  private final FakeIssuer issuer = new FakeIssuer();
  private final Bench bench = new Bench(Policy.permit());

  @BeforeEach
  void setUp() {
    bench.builder.credentials(issuer, new FolderOutbox(folder, bench.keys));
  }

  private Admission admitted() {
    return bench.gate().admit(List.of(bench.call("pay"))).get(0);
  }

  private static boolean usable(CallCredential credential) {
    try {
      return credential.bearer(SecretAccess.granted(), Bench.BANK, token -> true);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void doesNotBeginAndGetsNoCredential() {
    Admission left = admitted();
    bench.gate().abandon(List.of(left));
    assertThat(Bench.reason(bench.gate().execute(left, bench.body())))
        .isEqualTo(ReasonCode.RUN_ENDED);
    assertThat(bench.runs).hasValue(0);
    assertThat(bench.sink.records(AuditRecord.CredentialIssued.class)).isEmpty();
    assertThat(bench.sink.records(AuditRecord.Refused.class))
        .containsExactly(new AuditRecord.Refused(ReasonCode.RUN_ENDED));
  }

  @Test
  void losesItsCredentialAndItsResultIfItRuns() throws Exception {
    Admission running = admitted();
    List<Boolean> seen = new ArrayList<>();
    ToolBody body =
        arguments -> {
          CallCredential credential = CallCredential.current().orElseThrow();
          seen.add(usable(credential));
          bench.gate().abandon(List.of(running));
          seen.add(usable(credential));
          seen.add(Thread.currentThread().isInterrupted());
          return ToolResult.returned("paid");
        };
    assertThat(Bench.reason(bench.gate().execute(running, body)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(seen).containsExactly(true, false, false);
    assertThat(bench.sink.records(AuditRecord.Outcome.class))
        .extracting(AuditRecord.Outcome::state)
        .containsExactly("revoked_in_flight");
    while (bench.sink.records(AuditRecord.CredentialEnded.class).isEmpty()) {
      Thread.sleep(5); // the token server is asked on a thread of its own
    }
    assertThat(bench.sink.records(AuditRecord.CredentialEnded.class))
        .extracting(AuditRecord.CredentialEnded::end)
        .containsExactly("revoked");
  }

  @Test
  void isNothingToAnotherGateAndNothingIfItHasEnded() {
    Admission other = admitted();
    Bench stranger = new Bench(Policy.permit());
    stranger.gate().abandon(List.of(other));
    assertThat(bench.gate().execute(other, bench.body())).isInstanceOf(ToolResult.Returned.class);
    bench.gate().abandon(List.of(other));
    assertThat(bench.runs).hasValue(1);
    assertThat(bench.sink.records(AuditRecord.CredentialEnded.class)).hasSize(1);
  }
}
