package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.ARGUMENTS;
import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A policy is asked about a resumed call with the facts that it was asked with before. */
class ResumedFactsTest {
  private final ApprovalBench waits = new ApprovalBench();
  private final List<Task> asked = new ArrayList<>();

  private void see(ApprovalBench bench) {
    bench.answer =
        request -> {
          asked.add(request.task());
          return new Decision.NeedsApproval(Policy.BASIS, List.of());
        };
  }

  private Task asking(Set<Effect> effects) {
    return waits
        .bench
        .gate()
        .startTask(Intent.human("Pay the bill.").asking(effects), null, null, "chat-1");
  }

  @Test
  void theEffectsThatWereAskedForStillNarrow() {
    see(waits);
    waits.resumed(waits.approved(asking(Set.of(Effect.READ))));
    waits.resumed(waits.approved(asking(Set.of())));
    assertThat(asked)
        .extracting(task -> task.intent().effects())
        .containsExactly(Set.of(Effect.READ), Set.of(Effect.READ), Set.of(), Set.of());
    assertThat(waits.bench.runs).hasValue(2);
  }

  @Test
  void nobodyHavingSaidAnythingStaysThat() {
    see(waits);
    waits.resumed(waits.approved());
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).intent().effects()).isNull();
    assertThat(asked.get(1).agent()).isEqualTo(asked.get(0).agent());
  }

  @Test
  void theEnvironmentIsThatOfTheGateThatRunsIt() {
    StateStore shared = new InMemoryStateStore(waits.bench.clock);
    ApprovalBench other = new ApprovalBench();
    for (ApprovalBench one : List.of(waits, other)) {
      one.bench.builder.state(shared).keys(waits.bench.keys).clock(waits.bench.clock);
      one.bench.builder.approvals(20, Duration.ofMinutes(10));
      see(one);
    }
    waits.bench.builder.environment("staging");
    other.bench.builder.environment("production");
    String id = ApprovalBench.id(waits.denied(waits.bench.task(), ARGUMENTS));
    assertThat(refused(waits.desk().approve("acme", id, BOB))).isNull();
    assertThat(other.resumed(id)).isNull();
    assertThat(asked).extracting(Task::environment).containsExactly("staging", "production");
  }
}
