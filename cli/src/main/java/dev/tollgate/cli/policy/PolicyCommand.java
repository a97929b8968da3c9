package dev.tollgate.cli.policy;

import dev.tollgate.cli.bundle.BundleCommand;
import dev.tollgate.cli.io.Shelf;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code policy …}. Its commands reach it with {@code @ParentCommand}, and through it the shelf and
 * the terminal.
 */
@Command(
    name = "policy",
    description = "Checks, tests, formats, explains, compares and signs policies.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyCheckCommand.class,
      PolicyFormatCommand.class,
      PolicyTestCommand.class,
      PolicyExplainCommand.class,
      PolicyDiffCommand.class,
      BundleCommand.class,
    })
public final class PolicyCommand {
  private final Shelf shelf;
  @Spec private CommandSpec spec = CommandSpec.create();

  /** For what ships and what lies in files. */
  public PolicyCommand() {
    this(new Shelf() {});
  }

  /** For a program that has sets and manifests of its own. */
  public PolicyCommand(Shelf shelf) {
    this.shelf = shelf;
  }

  /** What can be named. */
  Shelf shelf() {
    return shelf;
  }

  /** Where to print; foreign text goes through {@link dev.tollgate.json.Shown}. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where to say what went wrong. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
