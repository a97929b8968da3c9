package dev.tollgate.springai;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool that remembers how it was run. */
final class RecordingTool implements ToolCallback {
  record Run(String arguments, String thread, @Nullable Task task, boolean credential) {}

  private final String name;
  private final boolean direct;
  private final Function<String, String> body;
  private final List<Run> runs = new CopyOnWriteArrayList<>();

  RecordingTool(String name, boolean direct, Function<String, String> body) {
    this.name = name;
    this.direct = direct;
    this.body = body;
  }

  static RecordingTool of(String name) {
    return new RecordingTool(name, false, arguments -> name + " ran");
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return new DefaultToolDefinition(name, "A tool.", "{\"type\":\"object\"}");
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return ToolMetadata.builder().returnDirect(direct).build();
  }

  @Override
  public String call(String arguments) {
    runs.add(
        new Run(
            arguments,
            Thread.currentThread().getName(),
            Task.current(),
            CallCredential.current().isPresent()));
    return body.apply(arguments);
  }

  List<Run> runs() {
    return runs;
  }

  Task task() {
    return Objects.requireNonNull(runs.get(0).task());
  }
}
