package dev.tollgate.springai.mcp;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.task.Task;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a server, as the application named it. Thread-safe. */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private final String name;
  private final AllowedMeta meta;
  private final Supplier<ToolGate> gate;
  private final @Nullable Grant grant;
  private final AtomicLong said = new AtomicLong();
  private volatile @Nullable Map<String, McpSchema.Tool> announced;
  private volatile long listed;

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

  /** The server has said that its tools changed. */
  void changed() {
    said.incrementAndGet();
  }

  /**
   * What the server offers; {@code null} as long as it has not said that this changed. Lists anew
   * after it has: the lists that come with what it says may overtake each other.
   *
   * @param listing asks the server
   */
  @Nullable Map<String, McpSchema.Tool> announced(Supplier<List<McpSchema.Tool>> listing) {
    if (said.get() == listed) {
      return announced;
    }
    synchronized (said) {
      long upTo = said.get();
      if (upTo != listed) {
        Map<String, McpSchema.Tool> now = new HashMap<>();
        try {
          listing.get().forEach(tool -> now.put(tool.name(), tool));
        } catch (RuntimeException e) {
          // Without the message, which the server may have written.
          log.warn(
              "mcp:{} said that its tools changed, and does not list them: {}",
              name,
              e.getClass().getName());
          return Map.of(); // what it does not list it does not offer; the next call asks again
        }
        announced = now;
        listed = upTo;
      }
      return announced;
    }
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
