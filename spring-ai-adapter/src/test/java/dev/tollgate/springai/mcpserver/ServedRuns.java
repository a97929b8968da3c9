package dev.tollgate.springai.mcpserver;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** How the tools of one server were run. */
public final class ServedRuns {
  /** One run. */
  public record Run(String tool, String said, String thread, @Nullable Task task, boolean leased) {
    Task within() {
      return Objects.requireNonNull(task);
    }
  }

  private final List<Run> all = new CopyOnWriteArrayList<>();

  String ran(String tool, @Nullable Object said) {
    all.add(
        new Run(
            tool,
            String.valueOf(said),
            Thread.currentThread().getName(),
            Task.current(),
            CallCredential.current().isPresent()));
    return tool + " ran";
  }

  public List<Run> all() {
    return all;
  }
}
