package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.destination.ConnectionCheck;
import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.destination.TrustZones;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The question before a connection is held as strictly as the one before the call. */
class ConnectingTest {
  private static ListedTool listed(String name, Effect effect) {
    return new ListedTool(
        name, null, effect, Map.of(), null, Sensitivity.INTERNAL, ResultTrust.TRUSTED, null, null);
  }

  private static Bench bench(PolicyDecisionPoint policy) {
    Bench bench = new Bench(policy);
    bench.builder.manifest(
        new ToolManifest(
            List.of(listed("post", Effect.SEND), listed("look", Effect.READ)),
            new TrustZones(Map.of("partners", Set.of("shop.example")))));
    return bench;
  }

  private static @Nullable ReasonCode connect() throws Exception {
    ConnectionCheck check = ConnectionCheck.current().orElseThrow();
    try {
      check.ask("shop.example", InetAddress.getByName("192.0.2.7"), 0);
      return null;
    } catch (ConnectionRefusedException e) {
      return e.reason();
    }
  }

  private static Tool raised(Bench bench) {
    return bench
        .gate()
        .describe(
            new ToolDefinition("post", "posts", "{}", "test", Set.of("destructiveHint:true")));
  }

  private static ToolResult run(Bench bench, @Nullable Task task, Tool tool) {
    return bench
        .gate()
        .call(
            bench.call(task, tool, "{}"),
            arguments -> ToolResult.returned(String.valueOf(connect())));
  }

  private static Decision noConnectionTo(PolicyRequest request, Effect effect) {
    return request.facts().connection() != null && request.tool().effect() == effect
        ? new Decision.Deny(Policy.BASIS, ReasonCode.POLICY_FORBIDDEN)
        : Decision.permit(Policy.BASIS);
  }

  @Test
  void aServerThatRaisesItsEffectDoesNotSlipAwayFromWhatForbidsTheListedOne() {
    for (Effect effect : new Effect[] {Effect.SEND, Effect.DELETE}) {
      Bench bench = bench(Policy.each(request -> noConnectionTo(request, effect)));
      assertThat(run(bench, bench.task(), raised(bench)))
          .isEqualTo(ToolResult.returned("POLICY_FORBIDDEN"));
      assertThat(bench.sink.records(AuditRecord.Connected.class))
          .singleElement()
          .satisfies(record -> assertThat(record.outcome()).isEqualTo("deny"));
    }
    Bench other = bench(Policy.each(request -> noConnectionTo(request, Effect.PAY)));
    assertThat(run(other, other.task(), raised(other))).isEqualTo(ToolResult.returned("null"));
  }

  @Test
  void theTaskRemembersBothEffectsOfARaisedTool() {
    Bench bench = bench(Policy.permit());
    Task task = bench.task();
    run(bench, task, raised(bench));
    assertThat(task.life().sequence().effects()).containsExactlyInAnyOrder("send", "delete");
  }

  @Test
  void theTaskRemembersTheZonesThatItsCallsConnectedTo() {
    Bench bench = bench(Policy.permit());
    Task task = bench.task();
    run(bench, task, bench.tool("look"));
    assertThat(task.life().sequence().zones()).as("reading sends nothing").isEmpty();
    run(bench, task, bench.tool("post"));
    assertThat(task.life().sequence().zones()).containsExactly("partners");
  }

  @Test
  void aConnectionThatWasRefusedSentNothing() {
    Bench bench = bench(Policy.each(request -> noConnectionTo(request, Effect.SEND)));
    Task task = bench.task();
    run(bench, task, bench.tool("post"));
    assertThat(task.life().sequence().zones()).isEmpty();
  }

  /** Its tool runs in observe mode, and so it has to connect as it would have. */
  @Test
  void observeModeLetsConnectWhatItLetRunWithoutAskingThePolicy() {
    Bench bench = bench(Policy.permit());
    bench.builder.observe(true);
    assertThat(run(bench, null, bench.tool("post"))).isEqualTo(ToolResult.returned("null"));
    assertThat(bench.sink.records(AuditRecord.Connected.class))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.reason()).isEqualTo("task_missing");
              assertThat(record.enforced()).isFalse();
            });
  }

  /** A second admission of the same call must not lend its facts to the first. */
  @Test
  void aConnectionIsDecidedOnWithTheFactsOfItsOwnAdmission() {
    List<Long> calls = new java.util.ArrayList<>();
    Bench bench =
        bench(
            Policy.each(
                request -> {
                  if (request.facts().connection() != null) {
                    calls.add(java.util.Objects.requireNonNull(request.facts().history()).calls());
                  }
                  return Decision.permit(Policy.BASIS);
                }));
    ToolCall call = bench.call(bench.task(), bench.tool("post"), "{}");
    Admission first = bench.gate().admit(List.of(call)).get(0);
    Admission second = bench.gate().admit(List.of(call)).get(0);
    for (Admission one : List.of(first, second)) {
      bench.gate().execute(one, arguments -> ToolResult.returned(String.valueOf(connect())));
    }
    assertThat(calls).containsExactly(0L, 1L);
  }
}
