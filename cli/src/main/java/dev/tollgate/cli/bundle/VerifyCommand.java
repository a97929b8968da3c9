package dev.tollgate.cli.bundle;

import dev.tollgate.bundle.BundleFile;
import dev.tollgate.bundle.BundleKey;
import dev.tollgate.bundle.PolicyBundle;
import dev.tollgate.json.Shown;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy bundle verify}: whether a gate would take it now. */
@Command(
    name = "verify",
    description = "Checks signature and time of a bundle; ends with 1 if it does not count now.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "BUNDLE", description = "The bundle.")
  private Path file = Path.of("");

  @Option(names = "--key", required = true, description = "The public key, a JWK.")
  private Path key = Path.of("");

  @Override
  public Integer call() {
    PolicyBundle bundle = BundleFile.verify(file, BundleKey.read(key), Instant.now());
    spec.commandLine()
        .getOut()
        .println(
            "%s %d is good until %s"
                .formatted(Shown.text(bundle.name()), bundle.sequence(), bundle.expires()));
    return 0;
  }
}
