package dev.tollgate.cli.bundle;

import dev.tollgate.bundle.BundleFile;
import dev.tollgate.bundle.BundleKey;
import dev.tollgate.bundle.BundleText;
import dev.tollgate.bundle.PolicyBundle;
import dev.tollgate.json.Shown;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy bundle show}: what is in it, also if it is over. */
@Command(
    name = "show",
    description = "Prints what a bundle holds, if its signature is good; also one that is over.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "BUNDLE", description = "The bundle.")
  private Path file = Path.of("");

  @Option(names = "--key", required = true, description = "The public key, a JWK.")
  private Path key = Path.of("");

  @Override
  public Integer call() {
    PolicyBundle bundle = BundleText.read(BundleFile.text(file), BundleKey.read(key));
    PrintWriter out = spec.commandLine().getOut();
    out.println("name: " + Shown.text(bundle.name()));
    out.println("sequence: " + bundle.sequence());
    out.println("not before: " + (bundle.notBefore() == null ? "-" : bundle.notBefore()));
    out.println("expires: " + bundle.expires());
    out.println("manifest: " + (bundle.manifest() == null ? "no" : "yes"));
    bundle
        .files()
        .forEach(
            (name, text) -> {
              out.println("--- " + Shown.text(name));
              out.println(Shown.lines(text));
            });
    return 0;
  }
}
