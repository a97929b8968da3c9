package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a broken engine says may quote arguments, and arguments are a model's text. */
class PolicyLogTest {
  @Test
  void theLogNamesTheFailureAndNotItsMessage() {
    Bench bench =
        new Bench(
            Policy.each(
                request -> {
                  throw new IllegalStateException("bad value 'x\nINFO forged line'");
                }));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.POLICY_ERROR);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("IllegalStateException at dev.tollgate.policy.PolicyLogTest")
        .doesNotContain("forged line");
  }
}
