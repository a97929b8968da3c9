package dev.tollgate.cedar.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.cedar.CedarPolicyDecisionPoint;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.author.ReplayedCall.Finding;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that ran through a real gate with a real audit, asked again. */
class ReplayTest {
  private static final String TOOLS =
      """
      version: tollgate/manifest/v1
      tools:
        - name: look
          effect: read
        - name: pay
          effect: pay
          arguments:
            amount: { type: decimal, steering: true }
            note: { type: string }
      """;
  private static final ToolManifest MANIFEST = ToolManifest.parse(TOOLS, "tools.yaml");
  private static final String LOOK =
      """
      @id("look")
      permit (principal in AgentGroup::"office", action == Action::"look", resource);
      """;
  private static final String SMALL =
      """
      @id("small")
      permit (principal, action == Action::"pay", resource)
      when { context.intent.source == "human" }
      when { context.args has amount && context.args.amount.lessThan(decimal("50.0")) };
      """;

  @TempDir private Path folder;
  private Set<String> annotations = Set.of();
  private CedarPolicySet inForce = CedarPolicySet.of("old", LOOK + SMALL);

  @BeforeEach
  void keys() throws IOException {
    JwkFileKeySource.generate(folder.resolve("keys.json"), "test");
  }

  /** Runs calls of one task, and reads them back. */
  private List<AuditedCall> record(Intent intent, String... calls) throws IOException {
    KeySource keys = JwkFileKeySource.load(folder.resolve("keys.json"));
    try (ToolGate gate =
        ToolGate.builder()
            .keys(keys)
            .manifest(MANIFEST)
            .policy(CedarPolicyDecisionPoint.load(inForce, MANIFEST))
            .audit(
                new FileAuditSink(
                    folder.resolve("audit"),
                    keys,
                    Durability.PROCESS,
                    new FileAnchor(folder.resolve("anchor"))))
            .recordQuestions(true)
            .build()) {
      Task task =
          gate.startTask(
              intent,
              new AgentIdentity("assistant", Set.of("office")),
              Caller.of("acme", "alice"),
              null);
      for (String call : calls) {
        int space = call.indexOf(' ');
        Tool tool =
            gate.describe(
                new ToolDefinition(call.substring(0, space), "", "", "test", annotations));
        ToolResult unused =
            gate.call(
                gate.propose(
                    new Proposal(task, tool, call.substring(space + 1), null, SpanOwner.GATE)),
                text -> ToolResult.returned("done"));
      }
    }
    return AuditedCalls.read(folder.resolve("audit")).calls();
  }

  private ReplayedCall replay(AuditedCall call, String after) {
    return replay(call, after, MANIFEST);
  }

  private ReplayedCall replay(AuditedCall call, String after, ToolManifest manifest) {
    return new Replay(
            LoadedPolicies.load(inForce, manifest),
            LoadedPolicies.load(CedarPolicySet.of("new", after), manifest),
            manifest)
        .replay(call)
        .orElseThrow();
  }

  @Test
  void whatChangesIsToldExactly() throws IOException {
    AuditedCall call = record(Intent.human("x"), "look {}").get(0);
    ReplayedCall replayed = replay(call, LOOK.replace("office", "lab"));
    assertThat(replayed.finding()).isEqualTo(Finding.CHANGED);
    assertThat(replayed.before()).isEqualTo("permit by [look]");
    assertThat(replayed.after()).isEqualTo("deny policy_no_permit by []");
  }

  @Test
  void whatHangsOnAMaskedArgumentIsNeverGuessed() throws IOException {
    AuditedCall call = record(Intent.human("x"), "pay {\"amount\":20}").get(0);
    ReplayedCall replayed = replay(call, LOOK + SMALL.replace("50.0", "10.0"));
    assertThat(replayed.finding()).isEqualTo(Finding.INDETERMINATE);
    assertThat(replayed.why()).contains("args.amount");
  }

  @Test
  void whatTheMaskedArgumentCannotChangeIsTold() throws IOException {
    List<AuditedCall> calls =
        record(new Intent(Intent.Source.EVENT, "x"), "pay {\"amount\":20}", "pay {}");
    for (AuditedCall call : calls) {
      ReplayedCall replayed = replay(call, LOOK + SMALL.replace("50.0", "10.0"));
      assertThat(replayed.finding()).isEqualTo(Finding.SAME);
      assertThat(replayed.before()).isEqualTo("deny policy_no_permit by []");
    }
  }

  @Test
  void anAbsentArgumentIsKnownToBeAbsent() throws IOException {
    AuditedCall call = record(Intent.human("x"), "pay {\"note\":\"n\"}").get(0);
    ReplayedCall replayed = replay(call, LOOK + SMALL.replace("50.0", "10.0"));
    assertThat(replayed.finding()).isEqualTo(Finding.SAME);
  }

  @Test
  void oneThatNobodyDeclaredMayBeAnyThatIsDeclaredNow() throws IOException {
    AuditedCall call = record(Intent.human("x"), "look {\"deep\":true}").get(0);
    ToolManifest more =
        ToolManifest.parse(
            TOOLS.replaceFirst(
                "effect: read", "effect: read\n    arguments: { deep: { type: boolean } }"),
            "more.yaml");
    String shallow =
        """
        forbid (principal, action == Action::"look", resource)
        when { context.args has deep && context.args.deep };
        """;
    assertThat(replay(call, LOOK + shallow, more).finding()).isEqualTo(Finding.INDETERMINATE);
    AuditedCall without = record(Intent.human("x"), "look {}").get(1);
    assertThat(replay(without, LOOK + shallow, more).finding()).isEqualTo(Finding.SAME);
  }

  @Test
  void aToolWhosePoliciesStayIsDecidedTheSameWhateverIsMasked() throws IOException {
    AuditedCall call = record(Intent.human("x"), "pay {\"amount\":20}").get(0);
    ReplayedCall replayed = replay(call, LOOK.replace("office", "lab") + SMALL);
    assertThat(replayed.finding()).isEqualTo(Finding.SAME);
    assertThat(replayed.why()).isEqualTo("no policy for it changed");
  }

  @Test
  void aManifestThatSaysOtherwiseMakesNothingCertain() throws IOException {
    AuditedCall call = record(Intent.human("x"), "look {}").get(0);
    ToolManifest other =
        ToolManifest.parse(TOOLS.replaceFirst("effect: read", "effect: write"), "other.yaml");
    ReplayedCall replayed = replay(call, LOOK, other);
    assertThat(replayed.finding()).isEqualTo(Finding.INDETERMINATE);
    assertThat(replayed.why()).contains("tool.effect");
  }

  @Test
  void countsAreThoseOfTheQuestion() throws IOException {
    inForce = CedarPolicySet.of("old", LOOK.replace(";", " when { context.task.calls < 2 };"));
    List<AuditedCall> calls = record(Intent.human("x"), "look {}", "look {}", "look {}");
    LoadedPolicies policies = LoadedPolicies.load(inForce, MANIFEST);
    assertThat(calls)
        .extracting(call -> AuditedCall.text(call.decided(), "outcome"))
        .containsExactly("permit", "permit", "deny");
    for (AuditedCall call : calls) {
      String told = replay(call, LOOK).before();
      assertThat(told).startsWith(AuditedCall.text(call.decided(), "outcome"));
      assertThat(Explanation.of(call, policies, MANIFEST))
          .contains("revision  the same as old")
          .anyMatch(
              line -> line.startsWith("again     " + AuditedCall.text(call.decided(), "outcome")));
    }
  }

  @Test
  void anExplanationShowsThePoliciesAndWhatTheyRead() throws IOException {
    AuditedCall call = record(Intent.human("x"), "pay {\"amount\":20}").get(0);
    List<String> lines = Explanation.of(call, LoadedPolicies.load(inForce, MANIFEST), MANIFEST);
    assertThat(lines)
        .contains(
            "who       agent assistant for alice, asked by human",
            "decided   permit by cedar",
            "  read    intent.source = \"human\"")
        .anyMatch(line -> line.startsWith("policy    \"small\" at old:"))
        .anyMatch(
            line -> line.matches("  read    args\\.amount = masked \\(number, hmac-sha256:.*\\)"))
        .noneMatch(line -> line.contains("20)") || line.contains("= 20"));
    List<String> others =
        Explanation.of(call, LoadedPolicies.load(CedarPolicySet.of("x", LOOK), MANIFEST), MANIFEST);
    assertThat(others)
        .contains("policy    \"small\" is not in x")
        .anyMatch(line -> line.startsWith("revision  not that of x"));
  }

  @Test
  void whatThePolicyWasNotAskedCannotBeAskedAgain() throws IOException {
    AuditedCall call = record(Intent.human("x"), "look no json").get(0);
    assertThat(call.asked()).isNull();
    assertThat(
            new Replay(
                    LoadedPolicies.load(inForce, MANIFEST),
                    LoadedPolicies.load(inForce, MANIFEST),
                    MANIFEST)
                .replay(call))
        .isEmpty();
  }

  @Test
  void linesThatAreNoRecordsAreCounted() throws IOException {
    record(Intent.human("x"), "look {}");
    Path stream = folder.resolve("audit/acme.jsonl");
    Files.writeString(stream, Files.readString(stream) + "{\"half\n");
    assertThat(AuditedCalls.read(stream).unreadable()).isEqualTo(1);
    assertThat(AuditedCalls.read(stream).calls()).hasSize(1);
  }

  /** It was asked about twice, and the record tells of one question only. */
  @Test
  void aToolWhoseServerRaisedItsEffectIsNeverTakenForExact() throws IOException {
    inForce = CedarPolicySet.of("old", "@id(\"all\") permit (principal, action, resource);");
    annotations = Set.of("destructiveHint:true");
    AuditedCall call = record(Intent.human("x"), "look {}").get(0);
    String forbid =
        """
        @id("all") permit (principal, action, resource);
        @id("no-reading") forbid (principal, action in Action::"effect:read", resource);
        """;
    assertThat(replay(call, forbid).finding()).isEqualTo(Finding.INDETERMINATE);
    assertThat(replay(call, "@id(\"all\") permit (principal, action, resource);").finding())
        .isEqualTo(Finding.SAME);
  }
}
