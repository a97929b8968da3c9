package dev.tollgate;

import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request by a model to run one tool. Immutable; made by {@link ToolGate#propose}. */
public final class ToolCall {
  private final String id;
  private final @Nullable Task task;
  private final Tool tool;
  private final Arguments arguments;
  private final DeclaredDestination destination;
  private final @Nullable String frameworkId;
  private final SpanOwner spanOwner;
  private final @Nullable String approval;
  private final AtomicReference<@Nullable AskedFacts> asked;

  ToolCall(String id, Proposal proposal, Arguments arguments, DeclaredDestination destination) {
    this.id = id;
    this.task = proposal.task();
    this.tool = proposal.tool();
    this.arguments = arguments;
    this.destination = destination;
    this.frameworkId = proposal.frameworkId();
    this.spanOwner = proposal.spanOwner();
    this.approval = proposal.approval();
    this.asked = new AtomicReference<>();
  }

  private ToolCall(ToolCall same, String approval) {
    this.id = same.id;
    this.task = same.task;
    this.tool = same.tool;
    this.arguments = same.arguments;
    this.destination = same.destination;
    this.frameworkId = same.frameworkId;
    this.spanOwner = same.spanOwner;
    this.approval = approval;
    this.asked = same.asked;
  }

  /** The same call, with an approval that the gate found for it. */
  ToolCall with(String found) {
    return new ToolCall(this, found);
  }

  /** Remembers what was known when the policy was asked. */
  AskedFacts asked(AskedFacts facts) {
    asked.set(facts);
    return facts;
  }

  /** What was known when the policy was last asked; {@code null} if it was not. */
  @Nullable AskedFacts asked() {
    return asked.get();
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

  /** Where its arguments say that its effect goes. */
  public DeclaredDestination destination() {
    return destination;
  }

  public @Nullable String frameworkId() {
    return frameworkId;
  }

  public SpanOwner spanOwner() {
    return spanOwner;
  }

  /** The approval that was presented for this very call; {@code null} if none was. */
  public @Nullable String approval() {
    return approval;
  }

  @Override
  public String toString() {
    return "ToolCall[" + id + "]";
  }
}
