package dev.tollgate;

import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter hands to the gate when a model asks for a tool.
 *
 * @param task the task the framework carries; {@code null} if it carries none, which is a deny
 * @param tool from {@link ToolGate#describe}, or {@link Tool#unknown}
 * @param arguments the text the model wrote
 * @param frameworkId the framework's or model's id of the call; may be missing or repeated, never
 *     relied upon
 * @param spanOwner who makes the span
 * @param approval the approval that the runtime presents for this call; never from a model
 */
public record Proposal(
    @Nullable Task task,
    Tool tool,
    String arguments,
    @Nullable String frameworkId,
    SpanOwner spanOwner,
    @Nullable String approval) {

  /** What a model asks for, without an approval. */
  public Proposal(
      @Nullable Task task,
      Tool tool,
      String arguments,
      @Nullable String frameworkId,
      SpanOwner spanOwner) {
    this(task, tool, arguments, frameworkId, spanOwner, null);
  }
}
