package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.PolicyReloadAsked;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Keys;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.CeilingDecisionPoint;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyReload;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.telemetry.DecidedCall;
import dev.tollgate.telemetry.GateListener;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gate tells those who run it: how it stands, what it decides, and reloads on demand. */
class GateStatusTest {
  private final List<DecidedCall> told = new ArrayList<>();
  private final GateListener listener =
      new GateListener() {
        @Override
        public void decided(DecidedCall call) {
          told.add(call);
        }
      };

  /** Says so when it is asked to look again. */
  private static final class Reloaded implements PolicyDecisionPoint {
    private int reloads;

    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      return List.of();
    }

    @Override
    public String revision() {
      return "r" + reloads;
    }

    @Override
    public String name() {
      return "reloaded";
    }

    @Override
    public PolicyReload reload() {
      reloads++;
      return PolicyReload.LOADED;
    }
  }

  @Test
  void listenersLearnOfDecisionsAndOfNothingThatAModelWrote() {
    Bench bench = new Bench(Policy.permit());
    bench.gate().listen(listener);
    bench.run("read");
    bench
        .gate()
        .call(
            bench.call(bench.task(), Tool.unknown("made-up", "test"), "{\"a\":\"secret\"}"),
            bench.body());
    assertThat(told).extracting(DecidedCall::tool).containsExactly("read", "(unknown)");
    assertThat(told).extracting(DecidedCall::outcome).containsExactly("permit", "deny");
    assertThat(told).extracting(DecidedCall::reason).containsExactly("", "tool_unknown");
    assertThat(told.toString()).doesNotContain("made-up", "secret", "Pay the bill");
    bench.gate().unlisten(listener);
    bench.run("read");
    assertThat(told).hasSize(2);
  }

  @Test
  void aListenerThatFailsChangesNothing() {
    Bench bench = new Bench(Policy.permit());
    bench
        .gate()
        .listen(
            new GateListener() {
              @Override
              public void decided(DecidedCall call) {
                throw new IllegalStateException("broken");
              }

              @Override
              public void decisionTook(long nanos) {
                throw new StackOverflowError();
              }
            });
    bench.gate().listen(listener);
    assertThat(Bench.reason(bench.run("read"))).isNull();
    assertThat(told).hasSize(1);
  }

  @Test
  void aReloadIsOnRecordBeforeItHappens() {
    Reloaded policy = new Reloaded();
    Bench bench = new Bench(policy);
    assertThat(bench.gate().reloadPolicies("olga")).isEqualTo(PolicyReload.LOADED);
    assertThat(bench.sink.records(PolicyReloadAsked.class))
        .containsExactly(new PolicyReloadAsked("olga"));
    assertThat(bench.gate().status().revision()).isEqualTo("r1");
    bench.sink.failing = true;
    assertThatThrownBy(() -> bench.gate().reloadPolicies("olga"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(bench.gate().status().revision()).isEqualTo("r1");
    assertThat(bench.gate().status().auditFailing()).isTrue();
  }

  @Test
  void anEngineThatFailsToLookAgainIsAFailedReload() {
    PolicyDecisionPoint broken =
        new PolicyDecisionPoint() {
          @Override
          public List<Decision> decide(List<PolicyRequest> requests) {
            return List.of();
          }

          @Override
          public String revision() {
            return "r1";
          }

          @Override
          public String name() {
            return "broken";
          }

          @Override
          public PolicyReload reload() {
            throw new IllegalStateException("broken");
          }
        };
    assertThat(new Bench(broken).gate().reloadPolicies("olga")).isEqualTo(PolicyReload.FAILED);
  }

  @Test
  void policiesThatAreLoadedOnceSaySo() {
    Bench bench = new Bench(Policy.permit());
    assertThat(bench.gate().reloadPolicies("olga")).isEqualTo(PolicyReload.UNSUPPORTED);
  }

  @Test
  void aClosedGateReloadsNothing() {
    Bench bench = new Bench(new Reloaded());
    bench.gate().close();
    assertThat(bench.gate().status().closed()).isTrue();
    assertThatThrownBy(() -> bench.gate().reloadPolicies("olga"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(bench.gate().status().revision()).isEqualTo("r0");
  }

  @Test
  void thatThereAreNoPoliciesShowsAlsoBehindSomethingThatIsPutAroundThem() {
    try (ToolGate gate =
        ToolGate.builder()
            .keys(new Keys())
            .aroundPolicy(none -> new CeilingDecisionPoint(Policy.permit(), none))
            .build()) {
      assertThat(gate.status().policyMissing()).isTrue();
    }
  }
}
