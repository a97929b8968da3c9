package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelegationStageTest {
  private final Office office = new Office();

  @Test
  void aTaskThatNobodyHandedOverPasses() {
    assertThat(office.decide(office.task(), "read")).isNull();
    assertThat(office.stage.refuse(office.task())).isNull();
    ToolCall orphan = office.bench.call(null, office.bench.tool("read"), "{}");
    assertThat(office.stage.decide(List.of(orphan)).get(0)).isInstanceOf(Decision.Permit.class);
  }

  @Test
  void aRefusedDelegationDeniesEveryCallForItsReason() {
    for (ReasonCode reason : List.of(ReasonCode.DELEGATION_FORGED, ReasonCode.STATE_UNAVAILABLE)) {
      Task task = office.carrying(office.task(), "clerk", new RefusedDelegation(reason));
      assertThat(office.decide(task, "read")).isEqualTo(reason);
      assertThat(office.stage.refuse(task)).isEqualTo(reason);
    }
  }

  @Test
  void aToolOrScopeThatWasNotGrantedIsDenied() {
    Task reader = office.hand(office.task(), Office.toClerk().tools("read"));
    assertThat(office.decide(reader, "pay")).isEqualTo(ReasonCode.DELEGATION_TOOL);
    Task poor = office.hand(office.task(), Office.toClerk().scopes("see"));
    assertThat(office.decide(poor, "read")).isNull();
    assertThat(office.decide(poor, "pay")).isEqualTo(ReasonCode.DELEGATION_SCOPE);
  }

  @Test
  void whatIsDeniedForToolOrScopeCostsNothing() {
    Task clerk = office.hand(office.task(), Office.toClerk().scopes("see").calls(1));
    for (int i = 0; i < 5; i++) {
      assertThat(office.decide(clerk, "pay")).isEqualTo(ReasonCode.DELEGATION_SCOPE);
    }
    assertThat(office.decide(clerk, "read")).isNull();
    assertThat(office.decide(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_BUDGET);
  }

  @Test
  void callsThatAreProposedTogetherAreChargedOneByOne() {
    Task clerk = office.hand(office.task(), Office.toClerk().calls(2));
    ToolCall call = office.bench.call(clerk, office.bench.tool("read"), "{}");
    assertThat(office.stage.decide(List.of(call, call, call)))
        .extracting(Decision::outcome)
        .containsExactly("permit", "permit", "deny");
  }

  @Test
  void aCallWithAnApprovalIsCheckedLikeAllOthers() {
    Task clerk = office.hand(office.task(), Office.toClerk().tools("read"));
    ToolCall call =
        office
            .bench
            .gate()
            .propose(
                new Proposal(
                    clerk, office.bench.tool("pay"), "{}", null, SpanOwner.GATE, "approval-1"));
    assertThat(office.stage.decide(List.of(call)).get(0))
        .isEqualTo(Decision.deny("delegation", ReasonCode.DELEGATION_TOOL));
  }

  @Test
  void whatWasHandedToOneAgentIsNoGoodForAnotherOrForAnotherTask() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    assertThat(office.decide(office.carrying(clerk, "teller", clerk.delegation()), "read"))
        .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    Task other = office.task("t-2", Office.ALICE, "hmac-sha256:words");
    assertThat(office.decide(office.carrying(other, "clerk", clerk.delegation()), "read"))
        .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
  }

  @Test
  void itEndsOnTheWallClock() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    office.clock.wall = office.clock.wall.plus(Duration.ofMinutes(10)).minusSeconds(1);
    assertThat(office.decide(clerk, "read")).isNull();
    office.clock.wall = office.clock.wall.plusSeconds(1);
    assertThat(office.decide(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_EXPIRED);
  }

  @Test
  void itEndsOnTheMonotonicClockIfTheWallStands() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    var wall = office.clock.wall;
    office.clock.pass(Duration.ofMinutes(10).plusSeconds(1));
    office.clock.wall = wall;
    assertThat(office.decide(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_EXPIRED);
  }

  @Test
  void itEndsWithTheKeyOfAnyHop() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    String old = office.keys.inUse(KeyPurpose.DELEGATION).getKeyID();
    office.keys.rotate(KeyPurpose.DELEGATION);
    Task teller = office.hand(clerk, Grant.to("teller").tools("read"));
    assertThat(office.decide(teller, "read")).isNull();
    office.keys.withdraw(KeyPurpose.DELEGATION, old);
    assertThat(office.decide(teller, "read")).isEqualTo(ReasonCode.DELEGATION_FORGED);
  }

  @Test
  void observeModeOpensItsBoundsAndNothingElse() {
    for (ReasonCode reason : ReasonCode.values()) {
      boolean bounds =
          List.of(
                  ReasonCode.DELEGATION_TOOL,
                  ReasonCode.DELEGATION_SCOPE,
                  ReasonCode.DELEGATION_BUDGET)
              .contains(reason);
      if (reason.name().startsWith("DELEGATION_")) {
        assertThat(reason.observable()).as(reason.code()).isEqualTo(bounds);
      }
    }
  }
}
