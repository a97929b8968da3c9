package dev.tollgate.cli.manifest;

import dev.tollgate.tool.ToolDefinition;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code manifest init}: a first manifest, in which every tool still counts as most dangerous. */
@Command(
    name = "init",
    description = "Prints a first manifest of these tools, for people to review.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Mixin private ToolFiles files = new ToolFiles();
  @ParentCommand private ManifestCommand parent = new ManifestCommand();

  @Override
  public Integer call() throws IOException {
    List<ToolDefinition> tools =
        files.read().stream()
            .sorted(
                Comparator.comparing(ToolDefinition::name).thenComparing(ToolDefinition::source))
            .toList();
    parent.out().print(ManifestDraft.of(tools));
    parent.out().flush();
    return 0;
  }
}
