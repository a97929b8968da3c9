package dev.tollgate.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.demo.replay.RecordedTrace;
import dev.tollgate.demo.replay.TraceFile;
import dev.tollgate.demo.replay.TracePlayer;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What a played trace says, with a policy that the test writes itself. */
class PlayedThroughTest {
  private static final Decision PERMIT = Decision.permit(new Basis("test", "r1", List.of()));
  private static final Decision DENY = Decision.deny("test", ReasonCode.POLICY_NO_PERMIT);

  @TempDir Path temp;
  private final List<PolicyRequest> asked = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void ofIdenticalCallsItIsKnownWhichOneRan(String framework) throws Exception {
    ObjectNode trace = Traces.trace("a", "benign_success", "water_bed", "water_bed", "water_bed");
    trace.get("steps").forEach(step -> ((ObjectNode) step).put("turn", 1));
    List<PlayedTrace> played = play(framework, new Traces().with(trace).write(temp), true);
    assertThat(ran(played.get(0))).containsExactly(1);
    assertThat(played.get(0).whole()).isTrue();
    assertThat(played.get(0).bodies()).isEqualTo(1);
    assertThat(played.get(0).callsAfterDenial()).isEqualTo(2);
    assertThat(played.get(0).steps().get(0).reason()).isEqualTo("policy_no_permit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void noLabelReachesTheGate(String framework) throws Exception {
    ObjectNode trace = Traces.attack("a", List.of(0), "read_note", "order_seeds");
    for (String label :
        List.of("utility", "attack_succeeded", "injections_recorded", "injection_seen_at")) {
      trace.put(label, "secret-label");
    }
    trace.put("injection_goal", "secret-label").put("eval_role", "secret-label");
    trace.put("injection_task", "secret-label").put("attack", "secret-label");
    trace.put("id", "secret-label").put("user_task", "secret-label");
    for (var step : trace.get("steps")) {
      ((ObjectNode) step).put("result_has_injection", "secret-label").put("origin", "secret-label");
    }
    Path file = new Traces().with(trace).write(temp);
    play(framework, file, false);
    assertThat(asked).hasSize(2);
    for (PolicyRequest request : asked) {
      String seen =
          request.task().intent().text()
              + request.arguments()
              + request.tool()
              + request.task().conversation()
              + request.task().agent()
              + request.task().id();
      assertThat(seen).contains("Look after the garden", "north").doesNotContain("secret-label");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void everyTraceIsATaskAndAConversationOfItsOwn(String framework) throws Exception {
    Path file =
        new Traces()
            .with(Traces.trace("a", "benign_success", "read_note", "read_note"))
            .with(Traces.trace("b", "benign_success", "read_note"))
            .write(temp);
    play(framework, file, false);
    assertThat(asked).hasSize(3);
    assertThat(asked.stream().map(request -> request.task().id()).distinct()).hasSize(2);
    assertThat(asked.stream().map(request -> request.task().conversation().id()).distinct())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void aVeryLongTraceIsPlayedToItsEnd(String framework) throws Exception {
    String[] tools = IntStream.range(0, 600).mapToObj(i -> "read_note").toArray(String[]::new);
    Path file = new Traces().with(Traces.trace("a", "benign_success", tools)).write(temp);
    List<PlayedTrace> played = play(framework, file, false);
    assertThat(ran(played.get(0))).hasSize(600);
    assertThat(played.get(0).whole()).isTrue();
  }

  @Test
  void aBodyThatRunsWithoutADecisionIsCountedAndTheTraceIsNotWhole() throws Exception {
    Path file = new Traces().with(Traces.trace("a", "benign_success", "read_note")).write(temp);
    StepLog log = new StepLog(new Kept());
    try (TraceFile traces = new TraceFile(file)) {
      log.begins(Objects.requireNonNull(traces.next()));
    }
    log.bodyRan("read_note");
    PlayedTrace played = log.played();
    assertThat(played.bodiesWithoutDecision()).isEqualTo(1);
    assertThat(played.whole()).isFalse();
    assertThat(played.kept()).isFalse();
    assertThat(played.noDenial()).isFalse();
  }

  private List<PlayedTrace> play(String framework, Path file, boolean onlyEverySecond)
      throws Exception {
    List<PlayedTrace> played = new ArrayList<>();
    StepLog log = new StepLog(new Kept());
    try (ToolGate gate =
            ToolGate.builder()
                .keys(DemoFolder.fresh(temp.resolve("run")).keys())
                .policy(new Policy(onlyEverySecond))
                .audit(log)
                .guard(GuardSettings.OFF)
                .build();
        TracePlayer player = new TracePlayer(framework, gate, log, null);
        TraceFile traces = new TraceFile(file)) {
      player.offer(Set.of("read_note", "water_bed", "order_seeds"));
      asked.clear(); // the adapter's probe
      for (RecordedTrace trace = traces.next(); trace != null; trace = traces.next()) {
        player.play(trace);
        played.add(log.played());
      }
    }
    return played;
  }

  private static List<Integer> ran(PlayedTrace trace) {
    return IntStream.range(0, trace.steps().size()).filter(trace::ran).boxed().toList();
  }

  /** Permits all, or every second call. */
  private final class Policy implements PolicyDecisionPoint {
    private final boolean onlyEverySecond;

    private Policy(boolean onlyEverySecond) {
      this.onlyEverySecond = onlyEverySecond;
    }

    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      List<Decision> decisions = new ArrayList<>();
      for (PolicyRequest request : requests) {
        asked.add(request);
        decisions.add(onlyEverySecond && asked.size() % 2 == 1 ? DENY : PERMIT);
      }
      return decisions;
    }

    @Override
    public String revision() {
      return "r1";
    }

    @Override
    public String name() {
      return "test";
    }
  }

  /** Records that nobody reads. */
  private static final class Kept implements AuditSink {
    @Override
    public void append(List<AuditEntry> entries) {}

    @Override
    public void close() {}
  }
}
