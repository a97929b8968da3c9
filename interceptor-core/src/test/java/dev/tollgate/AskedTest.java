package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tollgate.audit.AskedArgument;
import dev.tollgate.audit.AskedQuestion;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskedTest {
  private static final String TOOLS =
      """
      version: tollgate/manifest/v1
      tools:
        - name: send
          effect: send
          destination: mail
          arguments:
            to: { type: string, destination: true }
            copies: { type: integer }
            tags: { type: strings }
      """;

  private final Seeing policy = new Seeing();
  private final Bench bench = new Bench(policy);

  /** Remembers what it could have read. */
  private static final class Seeing implements PolicyDecisionPoint {
    final List<Map<String, Object>> seen = new ArrayList<>();
    Runnable meanwhile = () -> {};

    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      meanwhile.run();
      for (PolicyRequest request : requests) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (PolicyAttribute attribute : AttributeCatalogue.ALL) {
          Object value = attribute.read(request);
          if (value != null) {
            values.put(attribute.path(), value);
          }
        }
        seen.add(values);
      }
      return requests.stream()
          .map(r -> Decision.permit(new Basis("test", "r1", List.of())))
          .toList();
    }

    @Override
    public String revision() {
      return "r1";
    }

    @Override
    public String name() {
      return "test";
    }
  }

  AskedTest() {
    bench.builder.manifest(ToolManifest.parse(TOOLS, "tools.yaml")).recordQuestions(true);
  }

  private List<AskedQuestion> asked() {
    return bench.sink.records(AuditRecord.Asked.class).stream()
        .map(AuditRecord.Asked::question)
        .toList();
  }

  private ToolCall call(Task task, String arguments) {
    return bench.call(task, bench.tool("send"), arguments);
  }

  @Test
  void theRecordHasWhatThePolicySawAndNothingAModelWrote() {
    bench
        .gate()
        .call(
            call(bench.task(), "{\"to\":\"bob@x.example\",\"copies\":2,\"bobs\":1}"), bench.body());
    AskedQuestion asked = asked().get(0);
    Map<String, Object> seen = policy.seen.get(0);
    assertThat(asked.attributes())
        .containsEntry("task.calls", 0L)
        .containsEntry("tool.effect", "send");
    assertThat(asked.masked()).contains("destination.declared");
    asked.masked().forEach(path -> assertThat(seen.remove(path)).as(path).isNotNull());
    assertThat(asked.attributes()).isEqualTo(seen);
    assertThat(asked.destination()).isEqualTo("mail");
    assertThat(asked.arguments()).containsOnlyKeys("to", "copies");
    assertThat(asked.otherArguments()).isEqualTo(1);
    assertThat(asked.arguments().values())
        .allMatch(argument -> argument.digest().startsWith("hmac-sha256:"))
        .extracting(AskedArgument::json, AskedArgument::fits)
        .containsExactly(
            tuple("number", Set.of("integer", "decimal")), tuple("string", Set.of("string")));
    assertThat(asked.toString()).doesNotContain("bob");
  }

  @Test
  void whatMovesWhileThePolicyThinksMovesNeitherAnswerNorRecord() {
    Task task = bench.task();
    policy.meanwhile =
        () -> {
          task.life().decided();
          task.life().denied();
          task.life().sequence().labelled("late");
        };
    bench.gate().call(call(task, "{}"), bench.body());
    assertThat(asked().get(0).attributes())
        .containsEntry("task.calls", 0L)
        .containsEntry("task.denials", 0L)
        .containsEntry("sequence.labels", Set.of());
    assertThat(policy.seen.get(0)).containsAllEntriesOf(asked().get(0).attributes());
  }

  @Test
  void callsDecidedTogetherEachHaveTheirQuestion() {
    Task task = bench.task();
    bench.gate().admit(List.of(call(task, "{\"copies\":1}"), call(task, "{\"tags\":[]}")));
    assertThat(asked()).hasSize(2);
    assertThat(asked().get(0).arguments()).containsOnlyKeys("copies");
    assertThat(asked().get(1).arguments()).containsOnlyKeys("tags");
    assertThat(bench.sink.kinds())
        .containsExactly("proposed", "decided", "asked", "proposed", "decided", "asked");
  }

  @Test
  void whatTheAuditWouldCutOrChangeIsMaskedInstead() {
    String subject = "s".repeat(257);
    Task task =
        bench
            .gate()
            .startTask(
                Intent.human("x"),
                new AgentIdentity("a", Set.of("g"), "\uD83D\uDE00", null, "ok"),
                Caller.of("acme", subject),
                null);
    bench.gate().call(call(task, "{}"), bench.body());
    AskedQuestion asked = asked().get(0);
    assertThat(asked.masked()).contains("subject.id", "agent.owner");
    assertThat(asked.attributes())
        .doesNotContainKeys("subject.id", "agent.owner")
        .containsEntry("model.configuration", "ok");
  }

  @Test
  void anAgentThatCannotBeToldIsMaskedAsAWhole() {
    Task task =
        bench.gate().startTask(Intent.human("x"), AgentIdentity.of("a".repeat(300)), null, null);
    bench.gate().call(call(task, "{}"), bench.body());
    assertThat(asked().get(0).masked()).contains("agent", "agent.id");
    assertThat(asked().get(0).agent()).isEmpty();
  }

  @Test
  void aCallThatThePolicyWasNotAskedAboutHasNoQuestion() {
    bench.gate().call(call(bench.task(), "not json"), bench.body());
    assertThat(asked()).isEmpty();
    assertThat(bench.sink.kinds()).startsWith("proposed", "decided");
  }

  @Test
  void aGateThatIsNotToldToRecordsNoQuestions() {
    bench.builder.recordQuestions(false);
    bench.gate().call(call(bench.task(), "{}"), bench.body());
    assertThat(asked()).isEmpty();
    assertThat(policy.seen).hasSize(1);
  }
}
