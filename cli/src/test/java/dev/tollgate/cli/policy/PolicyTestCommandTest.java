package dev.tollgate.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cli.Tollgate;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyTestCommandTest {
  private static final String GOOD =
      """
      manifest:
        version: tollgate/manifest/v1
        tools: [{ name: look, effect: read }, { name: pay, effect: pay }]
      cases:
        - { name: looking is fine, tool: look, expect: permit, policies: [look] }
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void policies() throws IOException {
    Files.writeString(
        folder.resolve("p.cedar"),
        "@id(\"look\")\npermit (principal, action == Action::\"look\", resource);\n");
  }

  private int run(String... args) {
    PrintWriter writer = new PrintWriter(out, true);
    CommandLine line = Tollgate.commandLine().setOut(writer).setErr(writer);
    return line.execute(args);
  }

  @Test
  void goodCasesEndWithZero() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), GOOD);
    assertThat(run("policy", "test", folder.toString())).isZero();
    assertThat(out.toString()).contains("1 cases, 0 failed; 1 of 1 policies decided");
  }

  @Test
  void aFailingCaseEndsWithOneAndSaysWhere() throws IOException {
    Files.writeString(
        folder.resolve("p.cases.yaml"), GOOD.replace("permit, policies: [look]", "deny"));
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("p.cases.yaml:5", "outcome: expected deny, was permit");
  }

  @Test
  void aCaseAboutWhatNeverIsIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("p.cases.yaml"),
        GOOD.replace("tool: look,", "tool: look, attributes: { intent.source: humn },"));
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("p.cases.yaml:5", "never is or holds 'humn'", "human");
    Files.writeString(
        folder.resolve("p.cases.yaml"),
        GOOD.replace("tool: look,", "tool: look, attributes: { time.hour: 24 },"));
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("is never 24");
  }

  @Test
  void withALockAToolThatItDoesNotHoldCannotBeAskedAbout() throws IOException {
    Path tools =
        Files.writeString(
            folder.resolve("tools.yaml"),
            "version: tollgate/manifest/v1\ntools: [{ name: look, effect: read }]\n");
    Files.writeString(
        folder.resolve("p.cases.yaml"),
        """
        cases:
          - name: looking is fine
            tool: look
            attributes: { tool.annotations: ["readOnlyHint:true"] }
            expect: permit
            policies: [look]
        """);
    String[] args = {
      "policy",
      "test",
      folder.toString(),
      "--manifest",
      tools.toString(),
      "--lock",
      folder.resolve("tools.lock").toString()
    };
    lock(new ToolDefinition("look", "", "", "mcp", Set.of("readOnlyHint:true")));
    assertThat(run(args)).isZero();
    lock(new ToolDefinition("look", "", "", "mcp", Set.of("readOnlyHint:false")));
    assertThat(run(args)).isEqualTo(1);
    assertThat(out.toString()).contains("with other annotations");
    lock(new ToolDefinition("other", "", "", "mcp"));
    assertThat(run(args)).isEqualTo(1);
    assertThat(out.toString()).contains("the lock holds no tool 'look'");
  }

  private void lock(ToolDefinition held) throws IOException {
    Files.writeString(folder.resolve("tools.lock"), ToolLock.of(List.of(held)).text());
  }

  @Test
  void anUncoveredPolicyEndsWithOneUnlessLessIsEnough() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), GOOD);
    Files.writeString(
        folder.resolve("q.cedar"),
        "@id(\"pay\")\nforbid (principal, action == Action::\"pay\", resource);\n");
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("policy \"pay\" decided in no case");
    assertThat(run("policy", "test", "--min-coverage", "50", folder.toString())).isZero();
    assertThat(run("policy", "test", "--min-coverage", "150", folder.toString())).isEqualTo(2);
  }

  @Test
  void aSetThatDoesNotLoadEndsWithOneAndTheOthersStillRun() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), GOOD);
    Files.writeString(folder.resolve("q.cedar"), "permit (principal, action, resorce);");
    assertThat(run("policy", "test", folder.toString(), "effects")).isEqualTo(1);
    assertThat(out.toString()).contains("q.cedar:1", "✔ effects");
  }

  @Test
  void aFolderWithoutCasesEndsWithOne() {
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("there are no cases");
  }

  @Test
  void aNameCannotForgeALine() throws IOException {
    Files.writeString(
        folder.resolve("p.cases.yaml"),
        GOOD.replace("{ name: looking is fine", "{ name: \"a\\e[2Jb\\u202Ec\"")
            .replace("permit, policies: [look]", "deny"));
    assertThat(run("policy", "test", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("a\\u001b").contains("\\u202e").doesNotContain("\u001b");
  }

  @Test
  void setsThatShipAreRunByName() {
    assertThat(run("policy", "test", "office", "effects", "ask", "permit-all", "none")).isZero();
    assertThat(out.toString()).contains("✔ office", "✔ effects", "✔ ask", "✔ permit-all", "✔ none");
  }
}
