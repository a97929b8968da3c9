package dev.tollgate.springai.mcp;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.task.Task;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection to a server, as the application named it. Thread-safe. */
final class Connection {
  private final String name;
  private final AllowedMeta meta;
  private final Supplier<ToolGate> gate;
  private final @Nullable Grant grant;
  private volatile @Nullable Map<String, McpSchema.Tool> announced;

  /**
   * @param grant what each call hands on; {@code null} for nothing
   */
  Connection(String name, AllowedMeta meta, Supplier<ToolGate> gate, @Nullable Grant grant) {
    this.name = name;
    this.meta = meta;
    this.gate = gate;
    this.grant = grant;
  }

  String name() {
    return name;
  }

  AllowedMeta meta() {
    return meta;
  }

  /** What the server offers since it said that this changed. */
  void changed(List<McpSchema.Tool> tools) {
    Map<String, McpSchema.Tool> now = new HashMap<>();
    tools.forEach(tool -> now.put(tool.name(), tool));
    announced = now;
  }

  /** {@code null} as long as the server has not said that anything changed. */
  @Nullable Map<String, McpSchema.Tool> announced() {
    return announced;
  }

  /** For the call that runs here. A server that is to get one is not asked without. */
  @Nullable Handed delegated() {
    if (grant == null) {
      return null;
    }
    Task task = Task.current();
    if (task == null) {
      throw new IllegalStateException("a call without a task has nothing to hand on");
    }
    try {
      return new Handed(this, gate.get().delegations().delegate(task, grant));
    } catch (DelegationException e) {
      // Without the cause: Spring AI may show a model the innermost message.
      throw new IllegalStateException("the task is not handed on: " + e.reason().code());
    }
  }
}
