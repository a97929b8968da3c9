package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a permit demands of labels and results is done, whatever way the call takes. */
class ObligationTest {
  private static final Obligation MASK = new Obligation.MaskResult(Set.of("iban"));
  private static final Obligation LABEL = new Obligation.AddLabel("bank-data");
  private static final String SECRET = "{\"iban\":\"DE02\",\"name\":\"Landlord\"}";
  private static final String MASKED = "{\"iban\":\"***\",\"name\":\"Landlord\"}";

  private static ToolBody returning(String text) {
    return arguments -> new ToolResult.Returned(text, false, "the framework's object: " + text);
  }

  private static ToolResult run(Bench bench, ToolBody body) {
    return bench.gate().call(bench.call("read"), body);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMaskedMemberDoesNotLeaveTheGateNorDoesTheObjectThatHoldsIt(boolean observe) {
    Bench bench = new Bench(Policy.permit(MASK, new Obligation.MaskResult(Set.of("bic"))));
    bench.builder.observe(observe);
    assertThat(run(bench, returning(SECRET)))
        .isEqualTo(new ToolResult.Returned(MASKED, false, null));
    assertThat(bench.sink.records(AuditRecord.ResultMasked.class))
        .containsExactly(new AuditRecord.ResultMasked(Set.of("bic", "iban"), 1, ""));
    assertThat(bench.sink.kinds())
        .containsExactly("proposed", "decided", "dispatched", "outcome", "result_masked");
    assertThat(bench.sink.entries.toString()).doesNotContain("DE02");
  }

  @Test
  void withoutAMaskTheResultIsUntouched() {
    Bench bench = new Bench(Policy.permit(LABEL));
    ToolResult.Returned all = new ToolResult.Returned(SECRET, false, new Object());
    assertThat(run(bench, arguments -> all)).isSameAs(all);
    assertThat(bench.sink.kinds()).doesNotContain("result_masked");
  }

  @Test
  void theDigestOnRecordIsOfWhatTheToolReturned() {
    Bench bench = new Bench(Policy.permit(MASK));
    run(bench, returning(SECRET));
    Bench open = new Bench(Policy.permit());
    open.builder.keys(bench.keys);
    run(open, returning(SECRET));
    assertThat(bench.sink.records(AuditRecord.Outcome.class).get(0).result())
        .isEqualTo(open.sink.records(AuditRecord.Outcome.class).get(0).result());
  }

  @ParameterizedTest
  @ValueSource(strings = {"The IBAN is DE02.", "{\"iban\":\"DE02\",\"iban\":\"DE02\"}", ""})
  void whatCannotBeMaskedIsWithheldAndTheRunIsOnRecord(String text) {
    Bench bench = new Bench(Policy.permit(MASK));
    ToolResult result = run(bench, returning(text));
    assertThat(Bench.reason(result)).isEqualTo(ReasonCode.RESULT_UNMASKABLE);
    assertThat(bench.sink.records(AuditRecord.Outcome.class))
        .extracting(AuditRecord.Outcome::state)
        .containsExactly("returned");
    assertThat(bench.sink.records(AuditRecord.ResultMasked.class))
        .containsExactly(new AuditRecord.ResultMasked(Set.of("iban"), 0, "result_unmaskable"));
    assertThat(result.toString()).doesNotContain("DE02");
  }

  @Test
  void whatAToolThrowsUnderAMaskTellsNothing() {
    Bench bench = new Bench(Policy.permit(MASK));
    ToolResult result =
        run(
            bench,
            arguments -> {
              throw new IllegalStateException("no account DE02");
            });
    assertThat(result).isEqualTo(new ToolResult.Returned("{\"error\":\"failed\"}", true, null));
    assertThat(bench.sink.records(AuditRecord.Outcome.class))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.state()).isEqualTo("failed");
              assertThat(outcome.error()).isEqualTo(IllegalStateException.class.getName());
            });
    assertThat(bench.sink.entries.toString()).doesNotContain("DE02");
  }

  @Test
  void aDenialFromInsideTheToolStaysADenial() {
    Bench bench = new Bench(Policy.permit(MASK));
    ToolResult.Denied denied = new ToolResult.Denied(new Denial(ReasonCode.TASK_REVOKED, "c-1"));
    assertThat(run(bench, arguments -> denied)).isSameAs(denied);
    assertThat(bench.sink.kinds()).doesNotContain("result_masked");
  }

  @Test
  void anAuditThatFailsAfterTheRunDoesNotOpenTheMask() {
    Bench bench = new Bench(Policy.permit(MASK));
    ToolResult result =
        run(
            bench,
            arguments -> {
              bench.sink.throwing = true;
              return ToolResult.returned(SECRET);
            });
    assertThat(result).isEqualTo(new ToolResult.Returned(MASKED, false, null));
  }

  @Test
  void aStageThatBreaksAfterTheRunDoesNotOpenTheMask() {
    Bench bench = new Bench(Policy.permit(MASK));
    AtomicBoolean broken = new AtomicBoolean();
    bench.builder.clock(
        new GateClock() {
          @Override
          public Instant now() {
            if (broken.get()) {
              throw new IllegalStateException("a broken clock");
            }
            return bench.clock.now();
          }

          @Override
          public long nanos() {
            return bench.clock.nanos();
          }
        });
    ToolResult result =
        run(
            bench,
            arguments -> {
              broken.set(true);
              return new ToolResult.Returned(SECRET, false, SECRET);
            });
    assertThat(result).isEqualTo(new ToolResult.Returned(MASKED, false, null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLabelIsThereFromTheDispatchOnAlsoIfTheToolFails(boolean observe) {
    Bench bench = new Bench(Policy.permit(LABEL));
    bench.builder.observe(observe);
    Task task = bench.task();
    ToolResult result =
        bench
            .gate()
            .call(
                bench.call(task, bench.tool("read"), "{}"),
                arguments -> {
                  assertThat(task.life().sequence().labels()).containsExactly("bank-data");
                  throw new IllegalStateException("x");
                });
    assertThat(result).isInstanceOf(ToolResult.Failed.class);
    assertThat(task.life().sequence().labels()).containsExactly("bank-data");
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .singleElement()
        .satisfies(decided -> assertThat(decided.obligations()).containsExactly("label:bank-data"));
  }

  @Test
  void aCallThatIsStoppedBeforeItsRunPutsNoLabel() {
    Bench bench = new Bench(Policy.permit(LABEL));
    bench.sink.failing = true;
    Task task = bench.task();
    bench.gate().call(bench.call(task, bench.tool("read"), "{}"), bench.body());
    assertThat(task.life().sequence().labels()).isEmpty();
    assertThat(bench.runs).hasValue(0);
  }

  /** The tool is an agent that calls a tool of its own, handed a part of the task. */
  @Test
  void aCallInsideACallIsMaskedAndLabelledForAllWhoCarryTheTask() {
    Bench bench =
        new Bench(
            Policy.each(
                request ->
                    new Decision.Permit(
                        Policy.BASIS,
                        request.task().agent().id().equals("clerk")
                            ? List.of(MASK, LABEL)
                            : List.of())));
    Task task = bench.task();
    ToolResult outer =
        bench
            .gate()
            .call(
                bench.call(task, bench.tool("read"), "{}"),
                arguments ->
                    bench
                        .gate()
                        .call(
                            bench.call(
                                task.withAgent(AgentIdentity.of("clerk")),
                                bench.tool("read"),
                                "{\"b\":2}"),
                            returning(SECRET)));
    assertThat(outer).isEqualTo(new ToolResult.Returned(MASKED, false, null));
    assertThat(task.life().sequence().labels()).containsExactly("bank-data");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUnknownObligationIsADenyInEveryMode(boolean observe) {
    Bench bench = new Bench(Policy.permit(MASK, new Obligation.Unknown("mask")));
    bench.builder.observe(observe);
    assertThat(Bench.reason(run(bench, bench.body()))).isEqualTo(ReasonCode.OBLIGATION_UNKNOWN);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void whatIsForbiddenAndOnlyObservedHasNothingToKeep() {
    Bench bench = new Bench(Policy.deny(ReasonCode.POLICY_FORBIDDEN));
    bench.builder.observe(true);
    assertThat(run(bench, returning(SECRET)))
        .isInstanceOfSatisfying(
            ToolResult.Returned.class, ran -> assertThat(ran.text()).isEqualTo(SECRET));
  }
}
