package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The right to run one call once, soon, at the gate that gave it. */
class AdmittedCallTest {

  @Test
  void exactlyOneOfAHundredThreadsRuns() throws Exception {
    Bench bench = new Bench(Policy.permit());
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    ExecutorService threads = Executors.newFixedThreadPool(100);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<ToolResult>> racing = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      racing.add(
          threads.submit(
              () -> {
                start.await();
                return bench.gate().execute(admission, bench.body());
              }));
    }
    start.countDown();
    int denied = 0;
    for (Future<ToolResult> one : racing) {
      denied += Bench.reason(one.get()) == ReasonCode.ADMISSION_USED ? 1 : 0;
    }
    threads.shutdown();
    assertThat(denied).isEqualTo(99);
    assertThat(bench.runs).hasValue(1);
    assertThat(bench.sink.kinds().stream().filter("refused"::equals)).hasSize(99);
    assertThat(bench.sink.kinds().stream().filter("dispatched"::equals)).hasSize(1);
  }

  @Test
  void itExpires() {
    Bench bench = new Bench(Policy.permit());
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    bench.clock.pass(Duration.ofSeconds(31));
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.ADMISSION_EXPIRED);
    assertThat(bench.runs).hasValue(0);
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided", "refused");
  }

  @Test
  void itHoldsUntilItsLastMoment() {
    Bench bench = new Bench(Policy.permit());
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    bench.clock.pass(Duration.ofSeconds(30));
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body()))).isNull();
  }

  @Test
  void itEndsWithThePolicyItWasGivenUnder() {
    Policy policy = Policy.permit();
    Bench bench = new Bench(policy);
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    policy.revision = "r2";
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.POLICY_REVISION_CHANGED);
    assertThat(bench.runs).hasValue(0);
  }

  /** A policy that does not say what its permit rests on gets no weaker check. */
  @Test
  void alsoIfThePermitNamesNoRevision() {
    Policy policy = Policy.each(r -> Decision.permit(Basis.of("careless")));
    Bench bench = new Bench(policy);
    Admission admission = bench.gate().admit(List.of(bench.call("read"))).get(0);
    policy.revision = "r2";
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.POLICY_REVISION_CHANGED);
  }

  @Test
  void anotherGateDoesNotTakeIt() {
    Bench one = new Bench(Policy.permit());
    Bench two = new Bench(Policy.permit());
    Admission admission = one.gate().admit(List.of(one.call("read"))).get(0);
    assertThat(Bench.reason(two.gate().execute(admission, two.body())))
        .isEqualTo(ReasonCode.ADMISSION_USED);
    assertThat(two.runs).hasValue(0);
    assertThat(two.sink.kinds()).containsExactly("refused");
    assertThat(Bench.reason(one.gate().execute(admission, one.body()))).isNull();
  }

  @Test
  void aBatchIsDecidedBeforeAnythingRuns() {
    List<Integer> runsWhenAsked = new ArrayList<>();
    Bench[] bench = new Bench[1];
    bench[0] =
        new Bench(
            Policy.each(
                request -> {
                  runsWhenAsked.add(bench[0].runs.get());
                  return request.tool().name().equals("unlisted")
                      ? new Decision.Deny(Policy.BASIS, ReasonCode.POLICY_FORBIDDEN)
                      : Decision.permit(Policy.BASIS);
                }));
    Bench it = bench[0];
    List<Admission> admissions =
        it.gate().admit(List.of(it.call("read"), it.call("unlisted"), it.call("read")));
    assertThat(it.sink.appends).hasValue(1);
    List<@org.jspecify.annotations.Nullable ReasonCode> reasons = new ArrayList<>();
    admissions.forEach(a -> reasons.add(Bench.reason(it.gate().execute(a, it.body()))));
    assertThat(runsWhenAsked).containsExactly(0, 0, 0);
    assertThat(reasons).containsExactly(null, ReasonCode.POLICY_FORBIDDEN, null);
    assertThat(it.runs).hasValue(2);
  }
}
