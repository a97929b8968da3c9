package dev.tollgate;

import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;

/** One request by a model to run one tool. Immutable; made by {@link ToolGate#propose}. */
public final class ToolCall {
  private final String id;
  private final @Nullable Task task;
  private final Tool tool;
  private final Arguments arguments;
  private final @Nullable String frameworkId;
  private final SpanOwner spanOwner;

  ToolCall(String id, Proposal proposal, Arguments arguments) {
    this.id = id;
    this.task = proposal.task();
    this.tool = proposal.tool();
    this.arguments = arguments;
    this.frameworkId = proposal.frameworkId();
    this.spanOwner = proposal.spanOwner();
  }

  /** The gate's own id of the call, and of the decision on it. */
  public String id() {
    return id;
  }

  public @Nullable Task task() {
    return task;
  }

  public Tool tool() {
    return tool;
  }

  public Arguments arguments() {
    return arguments;
  }

  public @Nullable String frameworkId() {
    return frameworkId;
  }

  public SpanOwner spanOwner() {
    return spanOwner;
  }

  @Override
  public String toString() {
    return "ToolCall[" + id + "]";
  }
}
