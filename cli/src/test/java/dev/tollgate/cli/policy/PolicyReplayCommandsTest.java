package dev.tollgate.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.cedar.CedarPolicyDecisionPoint;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cli.Tollgate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy explain} and {@code policy diff} on the audit of a real gate. */
class PolicyReplayCommandsTest {
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
      """;
  private static final String POLICIES =
      """
      @id("look")
      permit (principal, action == Action::"look", resource);
      @id("small")
      permit (principal, action == Action::"pay", resource)
      when { context.args has amount && context.args.amount.lessThan(decimal("50.0")) };
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private String call = "";

  @BeforeEach
  void aCallOnRecord() throws IOException {
    Files.writeString(folder.resolve("tools.yaml"), TOOLS);
    set("old", POLICIES);
    JwkFileKeySource.generate(folder.resolve("keys.json"), "test");
    KeySource keys = JwkFileKeySource.load(folder.resolve("keys.json"));
    ToolManifest manifest = ToolManifest.load(folder.resolve("tools.yaml"));
    CedarPolicySet old = CedarPolicySet.folder(folder.resolve("old"));
    try (ToolGate gate =
        ToolGate.builder()
            .keys(keys)
            .manifest(manifest)
            .policy(CedarPolicyDecisionPoint.load(old, manifest))
            .audit(
                new FileAuditSink(
                    folder.resolve("audit"),
                    keys,
                    Durability.PROCESS,
                    new FileAnchor(folder.resolve("anchor"))))
            .agent(AgentIdentity.of("assistant"))
            .defaultCaller(Caller.of("acme", "alice"))
            .recordQuestions(true)
            .build()) {
      ToolCall pay =
          gate.propose(
              new Proposal(
                  gate.startTask(Intent.human("x"), null, null, null),
                  gate.describe(new ToolDefinition("pay", "", "", "test")),
                  "{\"amount\":20}",
                  null,
                  SpanOwner.GATE));
      ToolResult result = gate.call(pay, text -> ToolResult.returned("paid"));
      assertThat(result).isInstanceOf(ToolResult.Returned.class);
      call = pay.id();
    }
  }

  private void set(String name, String policies) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("p.cedar"), policies);
  }

  private int run(String... args) {
    PrintWriter writer = new PrintWriter(out, true);
    return Tollgate.commandLine().setOut(writer).setErr(writer).execute(args);
  }

  private int diff(String... more) {
    String[] args = {
      "policy", "diff", at("old"), at("new"), "--audit", at("audit"), "--manifest", at("tools.yaml")
    };
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return run(all);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void whatStaysTheSameEndsWithZero() throws IOException {
    set("new", POLICIES);
    assertThat(diff()).isZero();
    assertThat(out.toString()).contains("1 same, 0 changed, 0 indeterminate", "was not verified");
  }

  @Test
  void whatChangesEndsWithOne() throws IOException {
    set(
        "new",
        POLICIES + "@id(\"none\")\nforbid (principal, action == Action::\"pay\", resource);");
    assertThat(diff("--json")).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"finding\":\"indeterminate\"", "\"call\":\"" + call + "\"", "args.amount");
    set("old", POLICIES.replaceFirst("when \\{.*", ";").replace("resource)\n;", "resource);"));
    out.getBuffer().setLength(0);
    assertThat(diff()).isEqualTo(1);
    assertThat(out.toString())
        .contains("changed  " + call + "  pay  permit by [small] -> deny policy_forbidden by");
  }

  @Test
  void aVerifiedAuditIsSaidToBeVerified() throws IOException {
    set("new", POLICIES);
    assertThat(diff("--keys", at("keys.json"), "--anchor", at("anchor"))).isZero();
    assertThat(out.toString()).contains("none changed").doesNotContain("was not verified");
  }

  @Test
  void anAuditThatWasChangedIsNotBelieved() throws IOException {
    set("new", POLICIES);
    Path stream = folder.resolve("audit/acme.jsonl");
    Files.writeString(stream, Files.readString(stream).replace("\"pay\"", "\"look\""));
    assertThat(diff("--keys", at("keys.json"), "--anchor", at("anchor"))).isEqualTo(1);
    assertThat(out.toString()).contains("is not what the gate wrote").doesNotContain(" same, ");
  }

  @Test
  void oneCallIsExplained() {
    assertThat(
            run(
                "policy",
                "explain",
                call,
                "--audit",
                at("audit"),
                "--folder",
                at("old"),
                "--manifest",
                at("tools.yaml")))
        .isZero();
    assertThat(out.toString())
        .contains(
            "decided   permit by cedar",
            "policy    \"small\" at " + folder.resolve("old/p.cedar") + ":3",
            "args.amount = masked (number, hmac-sha256:",
            "revision  the same");
  }

  @Test
  void aCallThatIsNotOnRecordIsSaidNotToBe() {
    assertThat(run("policy", "explain", "c-x", "--audit", at("audit"), "--folder", at("old")))
        .isEqualTo(1);
    assertThat(out.toString()).contains("no call c-x is on record");
  }

  @Test
  void withoutAnAuditItIsUsedWrongly() {
    assertThat(run("policy", "diff", "effects", "ask")).isEqualTo(2);
  }

  @Test
  void aTraceStandsForItsCallsAndAMaskedValueIsNamed() throws IOException {
    set("new", POLICIES.replace("@id(\"small\")", "@id(\"tiny\")").replace("50.0", "5.0"));
    String record = Files.readString(folder.resolve("audit/acme.jsonl"));
    Matcher trace = Pattern.compile("\"trace\":\"([0-9a-f]{32})\"").matcher(record);
    String id = trace.find() ? trace.group(1) : call;
    assertThat(
            run(
                "policy",
                "explain",
                id,
                "--audit",
                at("audit"),
                "--set",
                at("new"),
                "--manifest",
                at("tools.yaml")))
        .isZero();
    assertThat(out.toString())
        .contains(call, "\"small\" is not in ")
        .contains("again     depends on [args.amount], whose values are masked");
  }

  @Test
  void aCopyOfThePoliciesElsewhereIsTheSameSet() throws IOException {
    set("elsewhere", POLICIES);
    assertThat(
            run(
                "policy",
                "explain",
                call,
                "--audit",
                at("audit"),
                "--set",
                at("elsewhere"),
                "--manifest",
                at("tools.yaml")))
        .isZero();
    assertThat(out.toString()).contains("the same as " + at("elsewhere"));
  }
}
