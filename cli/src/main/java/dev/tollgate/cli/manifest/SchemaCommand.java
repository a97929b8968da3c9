package dev.tollgate.cli.manifest;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.CedarToolSchema;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code manifest schema}: the Cedar schema of tools, for editors. */
@Command(
    name = "schema",
    description =
        "Prints the Cedar schema that policies about these tools are checked against, for editors"
            + " that complete and check Cedar.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Mixin private ToolFiles files = new ToolFiles();
  @ParentCommand private ManifestCommand parent = new ManifestCommand();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "What the tools do; without it each counts as admin.")
  private @Nullable String manifest;

  @Override
  public Integer call() throws IOException {
    ToolManifest known =
        manifest == null ? ToolManifest.empty() : parent.shelf().manifest(manifest);
    PrintWriter out = parent.out();
    try {
      out.print(CedarToolSchema.of(files.read(), known)); // escapes what servers wrote
      return 0;
    } catch (CedarPolicyException e) {
      out.println(Shown.lines(String.valueOf(e.getMessage())));
      return 1;
    } finally {
      out.flush();
    }
  }
}
