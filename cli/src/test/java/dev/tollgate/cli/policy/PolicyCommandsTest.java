package dev.tollgate.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.PolicyFormat;
import dev.tollgate.cli.Tollgate;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyCommandsTest {
  private static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      tools:
        - name: inbox
          effect: read
      """;
  private static final String READ =
      "@id(\"read\")\npermit (principal, action == Action::\"inbox\", resource);\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void aFolderWithAManifest(@TempDir Path temp) throws Exception {
    folder = Files.createDirectory(temp.resolve("set"));
    file = folder.resolve("a.cedar");
    Files.writeString(folder.resolve("set.manifest.yaml"), MANIFEST);
  }

  @Test
  void aGoodSetEndsWithZero() throws Exception {
    Files.writeString(file, READ);
    assertThat(run("policy", "check", folder.toString())).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("1 set: 0 errors, 0 warnings\n");
  }

  @Test
  void aFindingEndsWithOneAndNamesItsPlace() throws Exception {
    Files.writeString(file, READ + "permit (principal, action == Action::\"inbx\", resource);");
    assertThat(run("policy", "check", folder.toString())).isOne();
    assertThat(out.toString())
        .contains(
            file
                + ":3: error does-not-load: policy \""
                + file
                + "#2\": there is no tool or group Action::\"inbx\"; did you mean `inbox`?")
        .contains("1 set: 1 error, 0 warnings");
  }

  @Test
  void aManifestThatIsNamedComesBeforeTheOneBesideTheSet() throws Exception {
    Files.writeString(file, READ);
    Path other =
        Files.writeString(folder.resolve("o.yaml"), MANIFEST + "  - {name: pay, effect: pay}\n");
    assertThat(run("policy", "check", folder.toString(), "--manifest", other.toString())).isOne();
    assertThat(out.toString()).contains("warning tool-unspoken: no policy speaks of the tool pay");
    assertThat(
            run(
                "policy",
                "check",
                folder.toString(),
                "--manifest",
                other.toString(),
                "--accept",
                "tool-unspoken"))
        .isZero();
  }

  @Test
  void onlyTheKindOfAWarningCanBeAccepted() throws Exception {
    Files.writeString(file, READ);
    assertThat(run("policy", "check", folder.toString(), "--accept", "shadowed")).isEqualTo(2);
    assertThat(err.toString())
        .contains("argument-unread", "Usage: tollgate policy check")
        .doesNotContain(", shadowed");
  }

  @Test
  void aSetThatIsNotThereIsAFinding() {
    assertThat(run("policy", "check", folder.resolve("gone").toString())).isOne();
    assertThat(out.toString()).contains("there is no such folder");
  }

  @Test
  void shippedSetsAreNamed() {
    assertThat(run("policy", "check", "none", "permit-all")).isZero();
    assertThat(out.toString()).contains("2 sets: 0 errors, 0 warnings");
  }

  @Test
  void allShippedSetsAreWithoutFindingsAndLaidOut() {
    assertThat(run("policy", "check")).isZero();
    assertThat(out.toString())
        .contains(CedarPolicySet.shippedNames().size() + " sets: 0 errors, 0 warnings");
    for (String name : CedarPolicySet.shippedNames()) {
      assertThat(CedarPolicySet.shipped(name).texts())
          .allSatisfy((file, text) -> assertThat(PolicyFormat.format(file, text)).isEqualTo(text));
    }
  }

  @Test
  void withALockPoliciesMayReadWhatItsSchemasHave() throws Exception {
    Files.writeString(
        file, READ.replace(";", " when { context.args has box && context.args.box == \"x\" };"));
    String schema = "{\"type\":\"object\",\"properties\":{\"box\":{\"type\":\"string\"}}}";
    Path lock =
        Files.writeString(
            folder.resolve("tools.lock"),
            ToolLock.of(List.of(new ToolDefinition("inbox", "", schema, "mcp"))).text());
    assertThat(run("policy", "check", folder.toString())).isOne();
    assertThat(out.toString()).contains("has the argument `box`");
    assertThat(run("policy", "check", folder.toString(), "--lock", lock.toString())).isZero();
  }

  @Test
  void valuesThatNothingHasAreFound() throws Exception {
    Files.writeString(
        folder.resolve("set.manifest.yaml"),
        MANIFEST + "    arguments: { to: { type: string, steering: true } }\n");
    Files.writeString(
        file,
        READ.replace(
                ";", " when { context.provenance has to && context.provenance.to == \"usr\" };")
            + "@id(\"a\") forbid (principal, action == Action::\"inbox\", resource)\n"
            + "when { context.tool has annotations && context.tool.annotations.contains(\"readOnlyHint\") };");
    assertThat(run("policy", "check", folder.toString())).isOne();
    assertThat(out.toString())
        .contains("`provenance.to` never is or holds \"usr\"")
        .contains("use one of user")
        .contains("`tool.annotations` never is or holds \"readOnlyHint\"")
        .contains("readOnlyHint:true");
  }

  @Test
  void whatAnAuthorWroteDoesNotReachTheTerminalRaw() throws Exception {
    Files.writeString(
        file,
        READ
            + "@id(\"a\\u{202e}b\\u{1b}[31m\") forbid (principal, action == Action::\"inbox\", resource);");
    assertThat(run("policy", "check", folder.toString())).isOne();
    assertThat(out.toString()).contains("a\\u202eb\\u001b[31m").doesNotContain("\u202e", "\u001b");
    assertThat(run("policy", "check", "--json", folder.toString())).isOne();
    assertThat(out.toString()).doesNotContain("\u202e", "\u001b");
  }

  @Test
  void machinesReadJson() throws Exception {
    Files.writeString(file, "// Büro\n" + READ.replace("@id(\"read\")\n", ""));
    assertThat(run("policy", "check", "--json", folder.toString())).isOne();
    JsonValue all = new StrictJson(JsonLimits.DEFAULT).parse(out.toString());
    assertThat(all).isInstanceOf(JsonValue.Array.class);
    JsonValue.Members only = (JsonValue.Members) ((JsonValue.Array) all).items().get(0);
    assertThat(only.get("kind")).isEqualTo(new JsonValue.Text("no-id"));
    assertThat(only.get("place")).isEqualTo(new JsonValue.Text(file + ":2"));
  }

  @Test
  void formatPrintsChecksAndWrites() throws Exception {
    String crooked =
        "// Büro\n\n// mail\n@id(\"read\") permit(principal,action==Action::\"inbox\",resource); // x\n";
    String straight =
        """
        // Büro

        // mail
        @id("read")
        permit (
          principal,
          action == Action::"inbox",
          resource
        ); // x
        """;
    Files.writeString(file, crooked);
    assertThat(run("policy", "format", file.toString())).isZero();
    assertThat(out.toString()).isEqualTo(straight);
    assertThat(run("policy", "format", "--check", folder.toString())).isOne();
    assertThat(Files.readString(file)).isEqualTo(crooked);
    assertThat(run("policy", "format", "--write", folder.toString())).isZero();
    assertThat(Files.readString(file)).isEqualTo(straight);
    assertThat(run("policy", "format", "--check", folder.toString())).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatCannotBeLaidOutStaysAsItIs() throws Exception {
    byte[] latin = "// f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, latin);
    Files.writeString(folder.resolve("b.cedar"), "permit (principal,");
    assertThat(run("policy", "format", "--write", folder.toString())).isOne();
    assertThat(err.toString()).contains("a.cedar: is not UTF-8").contains("b.cedar:1: ");
    assertThat(Files.readAllBytes(file)).isEqualTo(latin);
    assertThat(run("policy", "format", folder.resolve("c.cedar").toString())).isOne();
    assertThat(err.toString()).contains("there is no such file");
  }

  @Test
  void wrongUseEndsWithTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("policy")).isEqualTo(2);
    assertThat(run("policy", "chekc")).isEqualTo(2);
    assertThat(run("policy", "format", "--check", "--write", file.toString())).isEqualTo(2);
    assertThat(run("-V")).isZero();
    assertThat(out.toString()).startsWith("tollgate ");
    assertThat(run("policy", "check", "--help")).isZero();
    assertThat(out.toString()).contains("--manifest");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Tollgate.commandLine();
    return line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
  }
}
