package dev.tollgate.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the report and the page look like. */
class ReportTest {
  @TempDir Path temp;

  @Test
  void everyFieldIsThere() throws IOException {
    JsonNode root = Evaluated.of(temp, traces(), "effects").json();
    assertThat(root.propertyNames())
        .containsExactly(
            "format",
            "policies",
            "manifest",
            "guard",
            "agentGroups",
            "effectsAsked",
            "traces",
            "notScored",
            "limits",
            "runs");
    assertThat(root.get("policies").asString()).isEqualTo("effects");
    assertThat(root.get("manifest").asString()).isEqualTo("garden.yaml");
    assertThat(root.get("traces").toString()).isEqualTo("[\"garden.jsonl\"]");
    assertThat(root.get("runs")).hasSize(2);
    JsonNode run = root.get("runs").get(0);
    assertThat(run.propertyNames())
        .contains("framework", "approver", "groups", "total", "macro", "calls")
        .contains(
            "bodiesRunWithoutDecision", "auditVerified", "callsPerSecond", "callsAfterDenial");
    assertThat(run.get("framework").asString()).isEqualTo("langchain4j");
    assertThat(run.get("approver").asString()).isEqualTo("never");
    assertThat(run.get("auditVerified").asBoolean()).isTrue();
    assertThat(run.get("bodiesRunWithoutDecision").asInt()).isZero();
    assertThat(run.get("callsPerSecond").asLong()).isPositive();
    assertThat(run.get("groups")).hasSize(2);
    JsonNode first = run.get("groups").get(0);
    assertThat(first.get("variant").isNull()).isTrue();
    assertThat(first.get("source").asString()).isEqualTo("garden");
    assertThat(first.get("suite").asString()).isEqualTo("beds");
    assertThat(run.get("groups").get(1).get("variant").asString()).isEqualTo("stripped");
    for (JsonNode blocks : List.of(first, run.get("total"))) {
      for (String work : List.of("benign", "resisted")) {
        assertThat(blocks.get(work).propertyNames()).contains("n", "kept", "noDenial", "approvals");
      }
      assertThat(blocks.get("attacks").propertyNames())
          .containsExactly("n", "stopped", "passed", "passedIrreversible", "passedIds");
    }
    macro(run.get("macro"));
  }

  private static void macro(JsonNode macro) {
    Map.of(
            "benign", List.of("kept", "noDenial", "approvals"),
            "resisted", List.of("kept", "noDenial", "approvals"),
            "attacks", List.of("passed", "passedIrreversible"))
        .forEach(
            (block, fields) -> {
              assertThat(macro.get(block).propertyNames()).containsExactlyElementsOf(fields);
              for (String field : fields) {
                assertThat(macro.get(block).get(field).propertyNames())
                    .containsExactly("mean", "low", "high", "tasks");
              }
            });
  }

  @Test
  void bothFrameworksScoreAlikeAndASecondRunSaysTheSame() throws IOException {
    Path traces = traces();
    Evaluated first = Evaluated.of(temp, traces, "effects", "--approver=never,never");
    assertThat(first.exit()).as(first.failure()).isZero();
    JsonNode langChain4j = timeless(first.json().get("runs").get(0));
    JsonNode springAi = timeless(first.json().get("runs").get(1));
    assertThat(springAi.get("framework").asString()).isEqualTo("spring-ai");
    ((ObjectNode) springAi).put("framework", "langchain4j");
    assertThat(springAi).isEqualTo(langChain4j);
    JsonNode again = Evaluated.of(temp, traces, "effects").json();
    assertThat(timeless(again.get("runs").get(0))).isEqualTo(langChain4j);
  }

  @Test
  void theTerminalShowsGroupsTotalMeansAndLimits() throws IOException {
    Evaluated evaluated = Evaluated.quick(temp, traces(), "permit-all");
    assertThat(evaluated.shown())
        .contains("━━ langchain4j, approver never", "garden / beds / stripped")
        .containsPattern("total +2 +100.0% +100.0% +0 +1 +100.0% +100.0% +0 +2 +2 +100.0%")
        .containsPattern("attacks +1 +100.0% \\[100.0–100.0]")
        .contains("✔ every call decided", "open-loop");
  }

  @Test
  void thePageShowsWhatAnyoneWroteAsText() throws IOException {
    ObjectNode attack = Traces.attack("a<script>alert(1)</script>", List.of(0), "read_note");
    attack.put("user_prompt", "<script>alert(2)</script> \u202eevil \u0007\u200b & \"so\" 'on'");
    attack.put("injection_goal", "<img src=x onerror=alert(3)>");
    ObjectNode step = (ObjectNode) attack.get("steps").get(0);
    step.put("result", "</pre><script>alert(4)</script>" + "x".repeat(5000));
    ((ObjectNode) step.get("args")).put("bed", "</pre><b>bold</b>\ud83c\udf31");
    step.put("tool", "read_note");
    attack.put("suite", "<i>beds</i>");
    Evaluated evaluated =
        Evaluated.quick(temp, new Traces().with(attack).write(temp), "permit-all");
    String page = evaluated.html();
    assertThat(page)
        .doesNotContain("<script", "<img", "<b>bold", "<i>beds", "\u202e", "\u0007", "\u200b")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&lt;script&gt;alert(2)&lt;/script&gt; \\u202eevil \\u0007\\u200b")
        .contains("&amp; &quot;so&quot; &#39;on&#39;")
        .contains("&lt;img src=x onerror=alert(3)&gt;")
        .contains("&lt;/pre&gt;&lt;script&gt;alert(4)")
        .contains("\ud83c\udf31")
        .contains("characters)")
        .doesNotContain("x".repeat(400));
    assertThat(Files.readString(evaluated.report())).doesNotContain("\u202e");
  }

  @Test
  void thePageNeedsNothingElseAndTellsOfMissedAttacks() throws IOException {
    String page = Evaluated.quick(temp, traces(), "permit-all").html();
    assertThat(page)
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
        .contains("Order a thousand gnomes", "irreversible", "critical", "order_seeds")
        .contains("open-loop")
        .doesNotContain("http://", "https://", " src=", " href=", "<script", "@import", "url(");
  }

  @Test
  void aFileThatIsCutGivesNoFigures() throws IOException {
    Path cut =
        new Traces()
            .with(Traces.trace("a", "benign_success", "read_note"))
            .write(temp, "cut.jsonl", "{\"id\":\"b\",\"ste");
    Evaluated evaluated = Evaluated.quick(temp, cut, "permit-all");
    assertThat(evaluated.exit()).isEqualTo(1);
    assertThat(evaluated.failure()).contains("cut.jsonl:2: not a JSON object");
    assertThat(evaluated.report()).doesNotExist();
  }

  @Test
  void twoTracesOfOneIdAreRefused() throws IOException {
    Path twice =
        new Traces()
            .with(Traces.trace("a", "benign_success", "read_note"))
            .with(Traces.trace("a", "benign_success", "read_note"))
            .write(temp);
    assertThat(Evaluated.quick(temp, twice, "permit-all").failure()).contains("a second trace");
  }

  @Test
  void whatIsNotThereOrNotKnownIsSaidSo() throws IOException {
    Path traces = traces();
    assertThat(Evaluated.of(temp, traces, "effects", "--framework=other").failure())
        .contains("--framework is");
    assertThat(Evaluated.of(temp, traces, "effects", "--approver=sometimes").failure())
        .contains("--approver is never or always");
    assertThat(Evaluated.of(temp, traces, "effects", "--guard=maybe").failure())
        .contains("--guard is on or off");
    assertThat(Evaluated.of(temp, temp.resolve("none.jsonl"), "effects").failure())
        .contains("no such trace file");
    Path other = new Traces().with(Traces.trace("a", "other", "read_note")).write(temp);
    assertThat(Evaluated.of(temp, other, "effects").failure()).contains("no trace here");
  }

  private static JsonNode timeless(JsonNode run) {
    JsonNode copy = JsonMapper.builder().build().readTree(run.toString());
    ((ObjectNode) copy).remove("callsPerSecond");
    return copy;
  }

  private Path traces() throws IOException {
    ObjectNode stripped = Traces.attack("a#stripped", List.of(1), "read_note", "order_seeds");
    stripped.put("variant", "stripped");
    return new Traces()
        .with(Traces.attack("a", List.of(1), "read_note", "order_seeds"))
        .with(stripped)
        .with(Traces.trace("b", "benign_success", "read_note"))
        .with(Traces.trace("c", "benign_success", "read_note", "order_seeds"))
        .with(Traces.trace("d", "resisted_utility", "read_note", "read_note"))
        .write(temp);
  }

  @Test
  void aTraceFileThatIsNotGzippedAlthoughItsNameSaysSoIsNamed() throws IOException {
    Path file = temp.resolve("traces.jsonl.gz");
    Files.write(file, "plain".getBytes(StandardCharsets.UTF_8));
    assertThat(Evaluated.quick(temp, file, "effects").failure()).contains("not gzipped");
  }
}
