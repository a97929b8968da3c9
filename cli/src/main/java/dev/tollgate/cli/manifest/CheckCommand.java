package dev.tollgate.cli.manifest;

import dev.tollgate.json.Shown;
import dev.tollgate.tool.ManifestException;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code manifest check}: holds a manifest against the tools that are really registered. */
@Command(
    name = "check",
    description = "Holds a manifest, and a lock, against these tools. Any finding ends with 1.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ToolFiles files = new ToolFiles();
  @ParentCommand private ManifestCommand parent = new ManifestCommand();

  @Parameters(paramLabel = "MANIFEST", description = "The manifest.")
  private String manifest = "";

  @Option(names = "--lock", paramLabel = "FILE", description = "The lock to hold it against, too.")
  private @Nullable Path lock;

  @Override
  public Integer call() throws IOException {
    ToolManifest listed = parent.shelf().manifest(manifest);
    List<ToolDefinition> tools = files.read();
    List<String> findings = new ArrayList<>(new ManifestFindings(listed, tools).all());
    tools.forEach(tool -> findings.addAll(DefinitionFindings.of(tool)));
    if (lock != null) {
      ToolLock locked = ToolLock.load(lock);
      findings.addAll(against(listed, locked));
      LockChanges.between(locked, ToolLock.of(tools)).forEach(one -> findings.add("lock: " + one));
    }
    PrintWriter out = parent.out();
    findings.forEach(one -> out.println(Shown.text(one)));
    out.println(tools.size() + " tools, " + findings.size() + " findings");
    out.flush();
    return findings.isEmpty() ? 0 : 1;
  }

  private static List<String> against(ToolManifest manifest, ToolLock lock) {
    try {
      manifest.locked(lock);
      return List.of();
    } catch (ManifestException e) {
      return List.of("error: " + e.getMessage());
    }
  }
}
