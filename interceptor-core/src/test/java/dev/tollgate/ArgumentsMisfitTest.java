package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A policy is asked only about arguments that the tool was offered with. */
class ArgumentsMisfitTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";

  private static ToolResult call(Bench bench, String arguments) {
    Tool tool = bench.gate().describe(new ToolDefinition("read", "", SCHEMA, "test"));
    return bench.gate().call(bench.call(bench.task(), tool, arguments), bench.body());
  }

  @Test
  void whatDoesNotFitIsDeniedBeforeThePolicyIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    Bench bench =
        new Bench(
            Policy.each(
                request -> {
                  asked.incrementAndGet();
                  return Decision.permit(Policy.BASIS);
                }));
    ToolResult result = call(bench, "{\"n\":\"alice's secret\"}");
    assertThat(Bench.reason(result)).isEqualTo(ReasonCode.ARGUMENTS_MISFIT);
    assertThat(asked).hasValue(0);
    assertThat(bench.runs).hasValue(0);
    AuditRecord.Decided decided = bench.sink.records(AuditRecord.Decided.class).get(0);
    assertThat(decided.reason()).isEqualTo("arguments_misfit");
    assertThat(decided.reasons()).containsExactly("n: not [integer]");
    assertThat(bench.sink.entries.toString()).doesNotContain("alice's secret");
    assertThat(((ToolResult.Denied) result).denial().forModel())
        .contains("arguments_misfit")
        .doesNotContain("integer");
    assertThat(Bench.reason(call(bench, "{\"n\":\"3\"}"))).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void observeModeRecordsItAndLetsItRun() {
    Bench bench = new Bench(Policy.permit());
    bench.builder.observe(true);
    assertThat(Bench.reason(call(bench, "{}"))).isNull();
    assertThat(bench.runs).hasValue(1);
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .singleElement()
        .satisfies(decided -> assertThat(decided.enforced()).isFalse());
  }

  /** What nobody waited for any longer may be done all the same. */
  @Test
  void aToolThatDoesNotAnswerInTimeEndsUnknown() {
    Exception circle = new Exception();
    circle.initCause(new Exception(circle));
    assertThat(outcome(new RuntimeException(new TimeoutException()))).isEqualTo("unknown");
    assertThat(outcome(new HttpTimeoutException("x"))).isEqualTo("unknown");
    assertThat(outcome(new java.net.SocketTimeoutException())).isEqualTo("unknown");
    assertThat(outcome(new HttpConnectTimeoutException("x"))).isEqualTo("failed");
    assertThat(outcome(circle)).isEqualTo("failed");
    Bench bench = new Bench(Policy.permit());
    ToolResult late = new ToolResult.Returned("no answer", true, null, true);
    assertThat(bench.gate().call(bench.call("read"), text -> late)).isSameAs(late);
    assertThat(state(bench)).isEqualTo("unknown");
  }

  private static String outcome(Exception thrown) {
    Bench bench = new Bench(Policy.permit());
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call("read"),
                text -> {
                  throw thrown;
                });
    assertThat(result).isEqualTo(new ToolResult.Failed(thrown));
    return state(bench);
  }

  private static String state(Bench bench) {
    return bench.sink.records(AuditRecord.Outcome.class).get(0).state();
  }
}
