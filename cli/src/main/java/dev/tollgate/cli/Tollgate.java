package dev.tollgate.cli;

import dev.tollgate.cli.manifest.ManifestCommand;
import dev.tollgate.cli.policy.PolicyCommand;
import dev.tollgate.json.Shown;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code tollgate}. It ends with 0 if all is well, 1 if not, 2 if used wrongly. */
@Command(
    name = "tollgate",
    description = "For those who write policies and manifests.",
    mixinStandardHelpOptions = true,
    subcommands = {PolicyCommand.class, ManifestCommand.class})
public final class Tollgate {
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, ready to execute; it prints UTF-8 to the terminal unless told otherwise. */
  public static CommandLine commandLine() {
    return careful(new CommandLine(new Tollgate()))
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /**
   * What fails is told in lines without surprises, and ends with 1; {@code -V} knows the version.
   * To be called when all subcommands are there.
   */
  public static CommandLine careful(CommandLine line) {
    version(line.getCommandSpec());
    return line.setExecutionExceptionHandler(
        (e, where, parsed) -> {
          String command = where.getCommandSpec().qualifiedName();
          where.getErr().println(command + ": " + Shown.lines(Failure.told(e)));
          return CommandLine.ExitCode.SOFTWARE;
        });
  }

  private static void version(CommandSpec spec) {
    String version = Tollgate.class.getPackage().getImplementationVersion();
    spec.version("tollgate " + (version == null ? "of a build without a version" : version));
    spec.subcommands().values().forEach(one -> version(one.getCommandSpec()));
  }
}
