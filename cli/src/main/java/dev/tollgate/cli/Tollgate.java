package dev.tollgate.cli;

import dev.tollgate.cli.io.Shown;
import dev.tollgate.cli.manifest.ManifestCommand;
import dev.tollgate.cli.policy.PolicyCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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

  /** What fails is told in lines without surprises, and ends with 1. */
  public static CommandLine careful(CommandLine line) {
    return line.setExecutionExceptionHandler(
        (e, where, parsed) -> {
          String message = e.getMessage();
          String told = message == null ? e.getClass().getSimpleName() : message;
          where.getErr().println(where.getCommandName() + ": " + Shown.lines(told));
          return CommandLine.ExitCode.SOFTWARE;
        });
  }
}
