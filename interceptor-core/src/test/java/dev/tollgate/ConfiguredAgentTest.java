package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Task;
import org.junit.jupiter.api.Test;

class ConfiguredAgentTest {
  private final Bench bench = new Bench(Policy.permit());

  private ToolResult callAs(String nested) {
    Task task = bench.task().withAgent(AgentIdentity.of(nested));
    ToolCall call =
        bench.gate().propose(new Proposal(task, bench.tool("read"), "{}", null, SpanOwner.GATE));
    return bench.gate().call(call, bench.body());
  }

  @Test
  void actsAlsoWhereAFrameworkNamesTheAgentsThatWorkForIt() {
    bench.builder.agent(AgentIdentity.of("office"));
    bench.gate().killSwitch().revoke(RevocationTarget.agent("acme", "office"), "carol");
    assertThat(callAs("Researcher")).isInstanceOf(ToolResult.Denied.class);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void isNobodyIfNoneWasConfigured() {
    bench.gate().killSwitch().revoke(RevocationTarget.agent("acme", "agent"), "carol");
    assertThat(callAs("Researcher")).isInstanceOf(ToolResult.Returned.class);
    assertThat(bench.runs).hasValue(1);
  }
}
