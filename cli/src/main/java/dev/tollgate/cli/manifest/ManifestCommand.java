package dev.tollgate.cli.manifest;

import dev.tollgate.cli.io.Shelf;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code manifest …}. Its commands reach it with {@code @ParentCommand}, and through it the shelf
 * and the terminal.
 */
@Command(
    name = "manifest",
    description = "Starts, checks and locks tool manifests, and prints their Cedar schema.",
    mixinStandardHelpOptions = true,
    subcommands = {InitCommand.class, CheckCommand.class, LockCommand.class, SchemaCommand.class})
public final class ManifestCommand {
  private final Shelf shelf;
  @Spec private CommandSpec spec = CommandSpec.create();

  /** For what lies in files. */
  public ManifestCommand() {
    this(new Shelf() {});
  }

  /** For a program that has manifests of its own. */
  public ManifestCommand(Shelf shelf) {
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
}
