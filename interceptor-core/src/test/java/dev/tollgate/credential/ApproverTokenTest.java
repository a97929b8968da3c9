package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Denial;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.Approver;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential that was issued for a call opens nothing at the approval desk. */
class ApproverTokenTest {
  @TempDir Path folder;

  @Test
  void whoCarriesACredentialOfTheGateApprovesNothing() {
    Bench bench =
        new Bench(
            Policy.each(
                request ->
                    request.tool().name().equals("pay")
                        ? Decision.permit(Policy.BASIS)
                        : new Decision.NeedsApproval(Policy.BASIS, List.of())));
    bench
        .builder
        .credentials(new FakeIssuer(), new FolderOutbox(folder, bench.keys))
        .approvals(5, Duration.ofMinutes(10));
    assertThat(bench.run("pay")).isInstanceOf(ToolResult.Returned.class);
    Denial denial = ((ToolResult.Denied) bench.run("read")).denial();
    assertThat(answer(bench, denial, "token-1"))
        .isEqualTo(new ApprovalAnswer.Refused(ReasonCode.APPROVER_TOKEN_OF_GATE));
    assertThat(answer(bench, denial, "a-token-of-the-portal"))
        .isInstanceOf(ApprovalAnswer.Taken.class);
  }

  private static ApprovalAnswer answer(Bench bench, Denial denial, String token) {
    return Objects.requireNonNull(bench.gate().approvals())
        .approve(
            "acme",
            Objects.requireNonNull(denial.approvalId()),
            Approver.person("acme", "bob", Secret.of(token)));
  }
}
