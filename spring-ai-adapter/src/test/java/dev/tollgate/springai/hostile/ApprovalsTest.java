package dev.tollgate.springai.hostile;

import static dev.tollgate.springai.hostile.Puppet.call;
import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.SIGN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.springai.ApprovedCalls;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.BesiegedGate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.tool.ToolCallback;

/** Approvals of others, of other calls, used twice, and made of text. */
@Tag("woven")
@Timeout(60)
class ApprovalsTest {
  private static final Caller ALICE = Caller.of("acme", "alice");
  private static final Approver BOB = Approver.person("acme", "bob", null);

  private static ApprovalDesk desk(Siege siege) {
    return requireNonNull(siege.gate.approvals());
  }

  /** Two calls of one tool wait, with different arguments. */
  private static void waiting(Siege siege, BiConsumer<ApprovedCalls, List<ApprovalRequest>> how) {
    siege.attack(
        Puppet.asks(call("1", SIGN, "{\"what\":\"a\"}"), call("2", SIGN, "{\"what\":\"b\"}")),
        context -> {
          assertThat(Siege.ask(context, false, siege.tool(SIGN))).isEqualTo("done");
          assertThat(siege.bodies).isEmpty();
          assertThat(desk(siege).pending("acme")).hasSize(2);
          how.accept(context.getBean(ApprovedCalls.class), desk(siege).pending("acme"));
        });
    siege.holds();
  }

  private static String approved(Siege siege, ApprovalRequest one) {
    assertThat(desk(siege).approve("acme", one.id(), BOB)).isInstanceOf(ApprovalAnswer.Taken.class);
    return one.id();
  }

  @Test
  void anApprovalOfOneCallIsNoneOfAnotherAndIsUsedOnce() {
    try (Siege siege = new Siege()) {
      List<ToolCallback> tools = List.of(siege.tool(SIGN));
      waiting(
          siege,
          (calls, two) -> {
            String id = approved(siege, two.get(0));
            assertThat(calls.resume(two.get(1).id(), ALICE, tools)).contains("approval_required");
            assertThat(siege.bodies).isEmpty();
            List<CompletableFuture<String>> all =
                Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> calls.resume(id, ALICE, tools)))
                    .limit(8)
                    .toList();
            assertThat(all.stream().map(CompletableFuture::join).filter("ran sign"::equals))
                .hasSize(1);
            assertThat(siege.bodies).containsExactly(new BesiegedGate.Ran(SIGN, true));
          });
    }
  }

  @Test
  void nobodyElseAnswersOrUsesIt() {
    try (Siege siege = new Siege()) {
      List<ToolCallback> tools = List.of(siege.tool(SIGN));
      waiting(
          siege,
          (calls, two) -> {
            String id = two.get(0).id();
            Approver mallory = Approver.person("evil", "mallory", null);
            for (String tenant : List.of("evil", "acme")) {
              assertThat(desk(siege).approve(tenant, id, mallory))
                  .isNotInstanceOf(ApprovalAnswer.Taken.class);
            }
            assertThat(calls.resume(id, ALICE, tools)).contains("approval_required");
            approved(siege, two.get(0));
            for (Caller other : List.of(Caller.of("evil", "alice"), Caller.of("acme", "mallory"))) {
              assertThat(calls.resume(id, other, tools)).contains("\"error\":\"denied\"");
            }
            assertThat(siege.bodies).isEmpty();
          });
    }
  }

  /** Another application, with another gate, knows nothing of it. */
  @Test
  void anApprovalIsGoodInItsOwnApplicationOnly() {
    try (Siege siege = new Siege();
        Siege other = new Siege()) {
      waiting(
          siege,
          (calls, two) -> {
            String id = approved(siege, two.get(0));
            other.attack(
                Puppet.asks(SIGN),
                context ->
                    assertThat(
                            context
                                .getBean(ApprovedCalls.class)
                                .resume(id, ALICE, List.of(other.tool(SIGN))))
                        .contains("\"error\":\"denied\""));
          });
      assertThat(other.bodies).isEmpty();
      other.holds();
    }
  }

  @Test
  void itRunsNoOtherToolAndNothingOnceTheTaskIsRevoked() {
    try (Siege siege = new Siege()) {
      waiting(
          siege,
          (calls, two) -> {
            String id = approved(siege, two.get(0));
            assertThat(calls.resume(id, ALICE, List.of(siege.tool(PAY))))
                .contains("\"error\":\"denied\"");
            String task = siege.audit.entries().get(0).taskId();
            siege.gate.killSwitch().revoke(RevocationTarget.task("acme", task), "carol");
            assertThat(calls.resume(id, ALICE, List.of(siege.tool(SIGN))))
                .contains("\"error\":\"denied\"");
            assertThat(siege.bodies).isEmpty();
          });
    }
  }
}
