package dev.tollgate.cli.bundle;

import picocli.CommandLine.Command;

/** {@code policy bundle …}. */
@Command(
    name = "bundle",
    description = "Signs bundles of policies, and looks at signed ones.",
    mixinStandardHelpOptions = true,
    subcommands = {KeyCommand.class, SignCommand.class, VerifyCommand.class, ShowCommand.class})
public final class BundleCommand {}
