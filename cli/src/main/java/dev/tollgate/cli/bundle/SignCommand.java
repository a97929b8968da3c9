package dev.tollgate.cli.bundle;

import dev.tollgate.bundle.BundleKey;
import dev.tollgate.bundle.BundleText;
import dev.tollgate.bundle.PolicyBundle;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy bundle sign}: a folder of policies becomes one signed file. */
@Command(
    name = "sign",
    description = "Signs the policies of a folder; with a manifest, after they loaded with it.",
    mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
  private static final String EXPIRES = "tollgate.bundle.expires";
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "The folder of *.cedar files.")
  private Path folder = Path.of("");

  @Option(names = "--key", required = true, description = "The private key, a JWK.")
  private Path key = Path.of("");

  @Option(names = "--name", required = true, description = "What the set is called.")
  private String name = "";

  @Option(names = "--expires", required = true, description = "How long it counts, such as 30d.")
  private String expires = "";

  @Option(names = "--sequence", description = "Above the one before; else seconds since 1970.")
  private @Nullable Long sequence;

  @Option(names = "--manifest", description = "A tool manifest to put into it.")
  private @Nullable Path manifest;

  @Option(names = "--out", required = true, description = "Where the bundle goes.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    CedarPolicySet set = CedarPolicySet.folder(folder); // refuses what a gate would refuse
    String tools = manifest == null ? null : Files.readString(manifest);
    if (tools != null) {
      LoadedPolicies.load(set, ToolManifest.parse(tools, String.valueOf(manifest)));
    }
    Instant now = Instant.now();
    Duration lifetime = lifetime();
    PolicyBundle bundle =
        new PolicyBundle(
            name,
            sequence == null ? now.getEpochSecond() : sequence,
            null,
            now.plus(lifetime),
            files(),
            tools);
    // Beside it first: a gate must never find half a bundle.
    Path beside = Path.of(out + ".new");
    Files.writeString(beside, BundleText.sign(bundle, BundleKey.read(key)) + "\n");
    Files.move(beside, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    spec.commandLine()
        .getOut()
        .println(
            "%s %d: %d %s, until %s"
                .formatted(
                    Shown.text(name),
                    bundle.sequence(),
                    bundle.files().size(),
                    bundle.files().size() == 1 ? "file" : "files",
                    bundle.expires()));
    return 0;
  }

  private Duration lifetime() {
    try {
      return new Settings(Map.of(EXPIRES, expires)).duration(EXPIRES, Duration.ofDays(30));
    } catch (ConfigurationException e) {
      throw new ParameterException(
          spec.commandLine(), "--expires must be a duration above zero, such as 30d or 12h", e);
    }
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String file = entry.getFileName().toString();
        if (Files.isRegularFile(entry) && file.toLowerCase(Locale.ROOT).endsWith(".cedar")) {
          files.put(file, Files.readString(entry));
        }
      }
    }
    return files;
  }
}
