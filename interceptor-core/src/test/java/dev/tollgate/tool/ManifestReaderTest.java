package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {

  @Test
  void readsEverything() {
    ListedTool tool = ToolManifest.parse(ManifestCorpus.FULL, "m.yaml").tools().get(0);
    assertThat(tool.name()).isEqualTo("pay");
    assertThat(tool.source()).isEqualTo("mcp:bank");
    assertThat(tool.effect()).isEqualTo(Effect.PAY);
    assertThat(tool.arguments())
        .containsEntry("iban", new Argument(ArgumentType.STRING, true))
        .containsEntry("amount", new Argument(ArgumentType.DECIMAL, false))
        .hasSize(2);
    assertThat(tool.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
    assertThat(tool.resultTrust()).isEqualTo(ResultTrust.STRUCTURED);
    assertThat(tool.credential())
        .isEqualTo(
            new CredentialNeed(
                "bank",
                Set.of("pay"),
                URI.create("https://bank.example:8443"),
                Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @MethodSource("dev.tollgate.tool.ManifestCorpus#bad")
  void refusesWithFileAndLine(int line, String problem, String yaml) {
    assertThatThrownBy(() -> ToolManifest.parse(yaml, "m.yaml"))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("manifest m.yaml:" + line + ": ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @MethodSource("dev.tollgate.tool.ManifestCorpus#badYaml")
  void refusesWhatIsNoYamlOrStandsTwice(int line, String problem, String yaml) {
    refusesWithFileAndLine(line, problem, yaml);
  }

  @Test
  void aFileIsNamed(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> ToolManifest.load(missing)).hasMessageContaining("none.yaml");
    Path file = Files.writeString(folder.resolve("some.yaml"), ManifestCorpus.FULL);
    assertThat(ToolManifest.load(file).tools()).hasSize(1);
  }

  @Test
  void whatIsNotListedIsTheMostDangerous() {
    Tool tool = ToolManifest.empty().describe(new ToolDefinition("pay", "", "", "mcp:x"));
    assertThat(tool.standing()).isEqualTo(Tool.Standing.UNLISTED);
    assertThat(tool.effect()).isEqualTo(Effect.ADMIN);
    assertThat(tool.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
    assertThat(tool.resultTrust()).isEqualTo(ResultTrust.UNTRUSTED);
    assertThat(tool.credential()).isNull();
    assertThat(tool.destination()).isEqualTo("mcp:x");
  }

  @Test
  void anEntryForTheSourceComesBeforeOneForAny() {
    String yaml =
        """
        version: tollgate/manifest/v1
        tools:
          - {name: run, effect: read}
          - {name: run, effect: execute, source: 'mcp:shell'}
          - {name: only, effect: read, source: 'mcp:shell'}
        """;
    ToolManifest manifest = ToolManifest.parse(yaml, "m");
    assertThat(manifest.describe(new ToolDefinition("run", "", "", "mcp:shell")).effect())
        .isEqualTo(Effect.EXECUTE);
    assertThat(manifest.describe(new ToolDefinition("run", "", "", "mcp:files")).effect())
        .isEqualTo(Effect.READ);
    assertThat(manifest.describe(new ToolDefinition("only", "", "", "mcp:files")).effect())
        .isEqualTo(Effect.ADMIN);
  }
}
