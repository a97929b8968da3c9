package dev.tollgate.springai.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.key.JwkFileKeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aspectj.weaver.loadtime.Agent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of their own, with {@code tollgate.strict=woven} and a policy that forbids the mail.
 */
@Timeout(300)
class ShippedTest {
  private static final String PROVED = "callbacks called directly: woven, probe calls were denied";
  private static final String DENIED = "{\"error\":\"denied\",\"reason_code\":\"policy_forbidden\"";

  @TempDir private Path folder;

  @BeforeEach
  void configure() throws IOException {
    JwkFileKeySource.generate(folder.resolve("keys.json"), "test");
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("shop.cedar"),
        """
        @id("all") permit (principal, action, resource);
        @id("no-mail") forbid (principal, action == Action::"send", resource);
        """);
    Files.writeString(
        folder.resolve("manifest.yaml"),
        """
        version: tollgate/manifest/v1
        tools:
          - name: send
            effect: send
        """);
  }

  private record Ended(int code, String said) {
    /** Every path was decided on. */
    void coveredEverything() {
      assertThat(said).contains(PROVED).doesNotContain("is sent");
      for (String path : List.of("guarded client", "own client", "own call", "method")) {
        assertThat(said).contains("\n" + path + ": " + DENIED);
      }
      assertThat(code).isZero();
    }

    void didNotStart() {
      assertThat(said).contains("APPLICATION FAILED TO START", "no aspect is woven");
      assertThat(said).doesNotContain(PROVED, "is sent");
      assertThat(code).isNotZero();
    }
  }

  private Ended run(String... java) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(java));
    for (String setting :
        List.of(
            "spring.application.name=shop",
            "spring.main.web-application-type=none",
            "spring.ai.mcp.client.enabled=false",
            "spring.ai.mcp.server.enabled=false",
            "tollgate.strict=woven",
            "tollgate.tenant=acme",
            "tollgate.subject=alice",
            "tollgate.manifest=manifest.yaml",
            "tollgate.keys.file=keys.json",
            "tollgate.policy.folder=policies",
            "tollgate.policy.folder-writable=allow",
            "tollgate.audit.folder=audit",
            "tollgate.audit.anchor=anchor")) {
      command.add("--" + setting);
    }
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void inBootsExecutableJarTheAgentWeavesAndWithoutItTheStartIsRefused() throws Exception {
    String jar = new Shipped(folder).jar().toString();
    run("-jar", jar).didNotStart();
    run("-javaagent:" + Shipped.origin(Agent.class), "-jar", jar).coveredEverything();
  }

  /** The guard's own classes are among those that are woven, and must not guard themselves. */
  @Test
  void wovenWhenItIsBuiltItNeedsNoAgent() throws Exception {
    List<Path> path = new ArrayList<>(List.of(new Shipped(folder).woven()));
    path.addAll(Shipped.wovenLibraries());
    run("-cp", Shipped.path(path), Shop.class.getName()).coveredEverything();
  }
}
