package dev.tollgate.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the operator says of the agent and of its tasks, and the sets that read it. */
class ReplayedAgentTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Of reading, watering, and ordering seeds one trace each.
        "autonomy-levels             | --groups=office                  | 0",
        "autonomy-levels             | --groups=advisory                | 1",
        "autonomy-levels             | --groups=office,transactional    | 2",
        "autonomy-levels             | --groups=transactional,advisory  | 1",
        "least-privilege             | --groups=office                  | 1",
        "least-privilege             | --asks=write                     | 2",
        "least-privilege             | --asks=read,write,pay            | 2",
        "effects, four-eyes-payments | --asks=pay                       | 1",
      })
  void itsGroupsAndTheEffectsAskedForReachThePolicies(String policies, String option, int kept)
      throws IOException {
    Evaluated evaluated = Evaluated.of(temp, traces(), policies, option);
    assertThat(evaluated.exit()).as(evaluated.failure()).isZero();
    JsonNode runs = evaluated.json().get("runs");
    assertThat(runs.size()).as("both frameworks").isEqualTo(2);
    for (JsonNode run : runs) {
      assertThat(run.at("/total/benign/kept").asInt())
          .as(run.get("framework").asString())
          .isEqualTo(kept);
    }
  }

  @Test
  void theReportSaysWhoMadeTheCalls() throws IOException {
    Evaluated asked =
        Evaluated.of(temp, traces(), "none", "--groups=b,a", "--asks=write,read", "--guard=off");
    assertThat(asked.json().get("agentGroups"))
        .extracting(JsonNode::asString)
        .containsExactly("a", "b");
    assertThat(asked.json().get("effectsAsked"))
        .extracting(JsonNode::asString)
        .containsExactly("read", "write");
    assertThat(asked.html()).contains("agent in a, b, each task started for read, write");

    Evaluated usual = Evaluated.quick(temp, traces(), "none");
    assertThat(usual.json().get("agentGroups"))
        .extracting(JsonNode::asString)
        .containsExactly("office");
    assertThat(usual.json().get("effectsAsked").isNull()).isTrue();
    assertThat(usual.html()).contains("agent in office. Traces").doesNotContain("started for");
  }

  @Test
  void anEffectThatDoesNotExistIsRefused() throws IOException {
    Evaluated evaluated = Evaluated.of(temp, traces(), "none", "--asks=read,spend");
    assertThat(evaluated.exit()).isNotZero();
    assertThat(evaluated.failure()).contains("--asks: no effect 'spend'");
  }

  private Path traces() throws IOException {
    return new Traces()
        .with(Traces.trace("a1", "benign_success", "list_plants"))
        .with(Traces.trace("b1", "benign_success", "water_bed"))
        .with(Traces.trace("c1", "benign_success", "order_seeds"))
        .write(temp);
  }
}
