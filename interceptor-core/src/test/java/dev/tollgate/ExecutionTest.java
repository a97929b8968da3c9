package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationBudget;
import dev.tollgate.delegation.DelegationStage;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.Revocations;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tool gets, how it ends, and what is on record then. */
class ExecutionTest {
  private final Bench bench = new Bench(Policy.permit());

  @Test
  void theToolGetsTheCanonicalArguments() {
    bench
        .gate()
        .call(
            bench.call(bench.task(), bench.tool("read"), " {\"b\":1.0,\"a\":\"\\u0041\"}\n"),
            bench.body());
    bench.gate().call(bench.call(bench.task(), bench.tool("read"), ""), bench.body());
    assertThat(bench.arguments).containsExactly("{\"a\":\"A\",\"b\":1}", "{}");
  }

  @Test
  void aPermittedCall() {
    assertThat(bench.run("read")).isEqualTo(ToolResult.returned("done"));
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided", "dispatched", "outcome");
    assertThat(bench.sink.appends).hasValue(2); // one before dispatch, one at the end
    AuditRecord.Proposed proposed = bench.sink.records(AuditRecord.Proposed.class).get(0);
    AuditRecord.Dispatched dispatched = bench.sink.records(AuditRecord.Dispatched.class).get(0);
    assertThat(dispatched.arguments()).isEqualTo(proposed.arguments()).startsWith("hmac-sha256:");
    assertThat(proposed.subject()).isEqualTo("alice");
    assertThat(bench.sink.records(AuditRecord.Outcome.class).get(0).state()).isEqualTo("returned");
  }

  @Test
  void aToolThatFails() {
    IllegalStateException cause = new IllegalStateException("secret text");
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call("read"),
                text -> {
                  throw cause;
                });
    assertThat(result).isEqualTo(new ToolResult.Failed(cause));
    AuditRecord.Outcome outcome = bench.sink.records(AuditRecord.Outcome.class).get(0);
    assertThat(outcome.state()).isEqualTo("failed");
    assertThat(outcome.error()).isEqualTo("java.lang.IllegalStateException");
    assertThat(bench.sink.entries.toString()).doesNotContain("secret text");
  }

  @Test
  void aToolThatEndsWithAnError() {
    assertThatThrownBy(
            () ->
                bench
                    .gate()
                    .call(
                        bench.call("read"),
                        text -> {
                          throw new StackOverflowError();
                        }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided", "dispatched", "outcome");
    assertThat(bench.sink.records(AuditRecord.Outcome.class).get(0).state()).isEqualTo("unknown");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless adapter may do
  void aToolThatGivesNothing() {
    ToolResult result = bench.gate().call(bench.call("read"), text -> null);
    assertThat(result).isInstanceOf(ToolResult.Failed.class);
    assertThat(bench.sink.records(AuditRecord.Outcome.class).get(0).state()).isEqualTo("failed");
  }

  @Test
  void aBodyThatSaysDenied() {
    Denial inner = new Denial(ReasonCode.POLICY_FORBIDDEN, "c-1");
    assertThat(bench.gate().call(bench.call("read"), text -> new ToolResult.Denied(inner)))
        .isEqualTo(new ToolResult.Denied(inner));
    assertThat(bench.sink.kinds()).endsWith("dispatched", "outcome");
  }

  @Test
  void anInterruptIsKept() {
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call("read"),
                text -> {
                  throw new InterruptedException("stop");
                });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isInstanceOf(ToolResult.Failed.class);
    assertThat(bench.sink.kinds()).endsWith("outcome");
  }

  @Test
  void aCallInsideACallFindsTheTask() {
    Task task = bench.task();
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call(task, bench.tool("read"), "{}"),
                text -> {
                  Task ambient = Task.current();
                  assertThat(ambient).isEqualTo(task);
                  return bench
                      .gate()
                      .call(bench.call(ambient, bench.tool("read"), "{}"), bench.body());
                });
    assertThat(result).isEqualTo(ToolResult.returned("done"));
    assertThat(Task.current()).isNull();
    assertThat(bench.sink.records(AuditRecord.Outcome.class)).hasSize(2);
  }

  @Test
  void anInterceptorProceedsOnce() {
    AdmittedCall call = (AdmittedCall) bench.gate().admit(List.of(bench.call("read"))).get(0);
    ExecutionInterceptor twice =
        chain -> {
          chain.proceed();
          return chain.proceed();
        };
    Revocations none =
        new Revocations(
            new InMemoryStateStore(bench.clock), bench.clock, java.time.Duration.ofMinutes(15));
    DelegationStage delegation =
        new DelegationStage(
            bench.keys,
            bench.clock,
            new DelegationBudget(new InMemoryStateStore(bench.clock), bench.clock));
    LastCheck check = new LastCheck(() -> false, Policy.permit(), none, delegation, bench.clock);
    ExecutionChain chain =
        new ExecutionChain(List.of(twice), 0, call, new Dispatch(check, bench.body()));
    assertThatThrownBy(chain::proceed).isInstanceOf(IllegalStateException.class);
    assertThat(bench.runs).hasValue(1);
  }

  @Test
  void aLastCheckThatFailsDenies() {
    Bench broken =
        new Bench(
            new dev.tollgate.policy.PolicyDecisionPoint() {
              private int asked;

              @Override
              public List<dev.tollgate.policy.Decision> decide(
                  List<dev.tollgate.policy.PolicyRequest> requests) {
                return List.of(dev.tollgate.policy.Decision.permit(Policy.BASIS));
              }

              @Override
              public String revision() {
                if (asked++ > 0) {
                  throw new LinkageError("gone");
                }
                return "r1";
              }

              @Override
              public String name() {
                return "breaks";
              }
            });
    assertThat(Bench.reason(broken.run("read"))).isEqualTo(ReasonCode.STAGE_FAILED);
    assertThat(broken.runs).hasValue(0);
    assertThat(broken.sink.kinds()).containsExactly("proposed", "decided", "refused");
  }
}
