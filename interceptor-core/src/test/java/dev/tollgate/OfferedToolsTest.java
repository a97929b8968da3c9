package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.policy.CeilingDecisionPoint;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.policy.ShadowedDecisionPoint;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which tools a model is told of. */
class OfferedToolsTest {
  /** A policy that knows for certain which tools are hopeless. */
  private record Knows(Predicate<Tool> hopeless) implements PolicyDecisionPoint {
    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      throw new AssertionError("what is offered is no decision");
    }

    @Override
    public boolean couldPermit(Task task, Tool tool) {
      return !hopeless.test(tool);
    }

    @Override
    public String revision() {
      return "r1";
    }

    @Override
    public String name() {
      return "knows";
    }
  }

  private static final PolicyDecisionPoint NO_PAY = new Knows(tool -> tool.name().equals("pay"));
  private static final PolicyDecisionPoint NO_READ = new Knows(tool -> tool.name().equals("read"));

  private static boolean offers(Bench bench, String tool) {
    return bench.gate().offers(bench.task(), bench.tool(tool));
  }

  @Test
  void thoseThatThePolicyCouldPermit() {
    Bench bench = new Bench(NO_PAY);
    assertThat(offers(bench, "pay")).isFalse();
    assertThat(offers(bench, "read")).isTrue();
    assertThat(bench.sink.entries).isEmpty();
  }

  @Test
  void belowACeilingThoseThatBothCouldAndAShadowHasNoSay() {
    Bench both = new Bench(new CeilingDecisionPoint(NO_PAY, NO_READ));
    assertThat(offers(both, "pay")).isFalse();
    assertThat(offers(both, "read")).isFalse();
    Bench shadowed = new Bench(new ShadowedDecisionPoint(NO_PAY, NO_READ));
    assertThat(offers(shadowed, "pay")).isFalse();
    assertThat(offers(shadowed, "read")).isTrue();
  }

  @Test
  void allWhereThePolicyOnlyObservesOrBreaks() {
    Bench observing = new Bench(NO_PAY);
    observing.builder.observe(true);
    assertThat(offers(observing, "pay")).isTrue();
    Bench broken =
        new Bench(
            new Knows(
                tool -> {
                  throw new IllegalStateException("broken");
                }));
    assertThat(offers(broken, "pay")).isTrue();
  }

  @Test
  void noneOfSeveralOfOneNameEvenWhereTheGateOnlyObserves() {
    Bench bench = new Bench(new Knows(tool -> false));
    bench.builder.observe(true);
    Tool two =
        bench
            .gate()
            .describe(
                List.of(
                    new ToolDefinition("read", "one", "{}", "a"),
                    new ToolDefinition("read", "two", "{}", "b")));
    assertThat(bench.gate().offers(bench.task(), two)).isFalse();
  }
}
