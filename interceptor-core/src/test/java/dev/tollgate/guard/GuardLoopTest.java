package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardLoopTest {
  private static final String STEP_UP = "needs_approval";
  private final Watched watched = new Watched(new GuardSettings(true, Watched.HOUR, List.of()));
  private final Task task = watched.task();

  private List<String> said(int calls, IntFunction<String> arguments) {
    List<String> said = new ArrayList<>();
    for (int i = 1; i <= calls; i++) {
      said.add(watched.said(task, "look", arguments.apply(i)));
    }
    return said;
  }

  private void permitted(int calls, String arguments) {
    assertThat(said(calls, i -> arguments)).hasSize(calls).containsOnly("permit");
  }

  private static String note(String text) {
    return "{\"id\":\"1\",\"note\":\"" + text + "\"}";
  }

  static List<IntFunction<String>> jitter() {
    return List.of(
        i -> note("same"),
        i -> note("attempt " + (i + 7)),
        i -> note("at 2026-11-23T12:00:0" + i + ".5Z"),
        i -> note("request " + UUID.randomUUID()),
        i -> note(" ".repeat(i) + "a" + " ".repeat(i) + "b"),
        i -> "{\"id\":\"1\",\"seed\":" + i + "}",
        i -> "{\"id\":\"1\",\"page\":{\"from\":[" + i + "]}}");
  }

  @ParameterizedTest
  @MethodSource("jitter")
  void theFourthOfAKindIsSteppedUpAndTheFifthStopsTheTask(IntFunction<String> arguments) {
    assertThat(said(5, arguments))
        .containsExactly("permit", "permit", "permit", STEP_UP, "loop_detected");
    assertThat(watched.revoked(task)).isEqualTo(ReasonCode.LOOP_DETECTED);
    assertThat(watched.said(task, "look", "{\"id\":\"new\"}")).isEqualTo("loop_detected");
    assertThat(watched.bench.sink.records(AuditRecord.Revoked.class))
        .singleElement()
        .satisfies(record -> assertThat(record.by()).isEqualTo("guard"));
  }

  @Test
  void aListThatIsWorkedThroughIsNoLoop() {
    assertThat(said(20, i -> "{\"id\":\"" + i + "\"}")).hasSize(20).containsOnly("permit");
  }

  @Test
  void aListWhoseIdNobodyDeclaredSteeringIsALoop() {
    assertThat(said(4, i -> "{\"no\":\"" + i + "\"}")).endsWith(STEP_UP);
  }

  @Test
  void lookingThreeTimesIsPolling() {
    permitted(3, note("any mail?"));
    permitted(1, note("read it"));
    permitted(2, note("any mail?"));
  }

  @Test
  void theSixthOfAKindInTheWindowIsSteppedUpWhateverStandsBetween() {
    for (int i = 1; i <= 5; i++) {
      permitted(1, note("any mail?"));
      permitted(1, "{\"id\":\"between " + i + "\"}");
      permitted(1, "{\"id\":\"and also " + i + "\"}");
    }
    Decision sixth = watched.decide(task, "look", note("any mail?"));
    assertThat(sixth).isInstanceOf(Decision.NeedsApproval.class);
    assertThat(sixth.basis().decider()).isEqualTo("guard");
    assertThat(sixth.basis().policies()).containsExactly("loop:window");
  }

  @Test
  void sixOfAKindFurtherApartThanTheWindowAreFine() {
    for (int i = 1; i <= 7; i++) {
      permitted(1, note("any mail?"));
      for (int between = 1; between <= 4; between++) {
        permitted(1, "{\"id\":\"" + i + "-" + between + "\"}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "abc"})
  void theThirdRoundOfACycleIsSteppedUpAndTheNextCallOfItStopsTheTask(String cycle) {
    String calls = cycle.repeat(3);
    for (char call : calls.substring(1).toCharArray()) {
      permitted(1, note(String.valueOf(call)));
    }
    Decision third = watched.decide(task, "look", note(cycle.substring(0, 1)));
    assertThat(third).isInstanceOf(Decision.NeedsApproval.class);
    assertThat(third.basis().policies()).containsExactly("loop:cycle");
    assertThat(watched.revoked(task)).isNull();
    assertThat(watched.said(task, "look", note(cycle.substring(1, 2)))).isEqualTo("loop_detected");
    assertThat(watched.revoked(task)).isEqualTo(ReasonCode.LOOP_DETECTED);
  }

  @Test
  void anotherCallAfterTheStepUpGoesThroughButTheNextLoopStopsTheTask() {
    assertThat(said(4, i -> note("a"))).endsWith(STEP_UP);
    permitted(1, note("something else"));
    permitted(3, note("b"));
    assertThat(watched.said(task, "look", note("b"))).isEqualTo("loop_detected");
  }

  @Test
  void whatAPersonApprovedDoesNotCount() {
    assertThat(said(4, i -> note("a"))).endsWith(STEP_UP);
    ToolCall approved =
        watched
            .bench
            .gate()
            .propose(
                new Proposal(
                    task,
                    watched.bench.tool("look"),
                    note("a"),
                    null,
                    SpanOwner.GATE,
                    "approval-1"));
    assertThat(Watched.said(watched.decide(approved))).isEqualTo("permit");
    permitted(3, note("a"));
    assertThat(watched.said(task, "look", note("a"))).isEqualTo("loop_detected");
  }

  /** The agent has not heard of the step-up yet, so it does not go on against it. */
  @Test
  void callsProposedTogetherAreSteppedUpTogether() {
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      calls.add(watched.call(task, "look", note("a")));
    }
    assertThat(watched.stage.decide(calls))
        .extracting(Watched::said)
        .containsExactly("permit", "permit", "permit", STEP_UP, STEP_UP, STEP_UP, STEP_UP);
    assertThat(watched.revoked(task)).isNull();
    assertThat(watched.said(task, "look", note("a"))).isEqualTo("loop_detected");
  }

  @Test
  void theRestOfAListIsDeniedWhenItsTaskIsStopped() {
    assertThat(said(4, i -> note("a"))).endsWith(STEP_UP);
    List<ToolCall> calls =
        List.of(
            watched.call(task, "look", note("a")), watched.call(task, "look", "{\"id\":\"x\"}"));
    assertThat(watched.stage.decide(calls))
        .extracting(Watched::said)
        .containsExactly("loop_detected", "loop_detected");
  }

  @Test
  void aLoopOverSeveralAgentsIsSeenAsOne() {
    Task other = task.withAgent(dev.tollgate.identity.AgentIdentity.of("other"));
    permitted(2, note("a"));
    assertThat(watched.said(other, "look", note("a"))).isEqualTo("permit");
    assertThat(watched.said(other, "look", note("a"))).isEqualTo(STEP_UP);
  }

  @Test
  void anotherTaskIsNotToBlame() {
    permitted(3, note("a"));
    assertThat(watched.said(watched.task(), "look", note("a"))).isEqualTo("permit");
  }

  @Test
  void observeModeDecidesAndRevokesNothing() {
    Watched observing = new Watched(new GuardSettings(true, Watched.HOUR, List.of()), true, null);
    Task seen = observing.task();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      said.add(observing.said(seen, "look", note("a")));
    }
    assertThat(said).endsWith(STEP_UP, "loop_detected", "loop_detected");
    assertThat(observing.revoked(seen)).isNull();
    assertThat(observing.bench.sink.records(AuditRecord.Revoked.class)).isEmpty();
  }

  @Test
  void withoutLoopsAnythingMayRepeat() {
    Watched off = new Watched(GuardSettings.OFF);
    Task free = off.task();
    for (int i = 0; i < 30; i++) {
      assertThat(off.said(free, "look", note("a"))).isEqualTo("permit");
    }
  }
}
