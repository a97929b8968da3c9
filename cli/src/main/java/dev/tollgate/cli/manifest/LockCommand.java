package dev.tollgate.cli.manifest;

import dev.tollgate.tool.ToolLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code manifest lock}: writes down the definitions that were reviewed. */
@Command(
    name = "lock",
    description = "Locks these tools: no other definition runs. Shows what changes.",
    mixinStandardHelpOptions = true)
final class LockCommand implements Callable<Integer> {
  @Mixin private ToolFiles files = new ToolFiles();
  @ParentCommand private ManifestCommand parent = new ManifestCommand();

  @Option(
      names = "--lock",
      defaultValue = "tools.lock",
      paramLabel = "FILE",
      description = "The lock; default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("tools.lock");

  @Option(names = "--check", description = "Writes nothing; ends with 1 if the lock would change.")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    ToolLock fresh = ToolLock.of(files.read());
    // One that somebody edited does not load: it is for people to find out, not to be overwritten.
    ToolLock before = Files.exists(file) ? ToolLock.load(file) : ToolLock.of(List.of());
    List<String> changes = LockChanges.between(before, fresh);
    PrintWriter out = parent.out();
    changes.forEach(out::println);
    out.println(
        fresh.definitions().size()
            + " tools, "
            + (changes.isEmpty() ? "as locked" : check ? "NOT as locked" : "locked"));
    out.flush();
    if (check) {
      return changes.isEmpty() ? 0 : 1;
    }
    Path whole = file.toAbsolutePath();
    Path part = Files.createTempFile(whole.getParent(), "tools", ".lock.new");
    try {
      Files.writeString(part, fresh.text());
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return 0;
  }
}
