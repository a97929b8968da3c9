package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Tools of MCP servers that no container sees. For the aspects, not for applications. */
public final class WovenServers {
  private static final List<Guard> INSTALLED = new CopyOnWriteArrayList<>();

  private WovenServers() {}

  /**
   * The same tool, guarded.
   *
   * @throws IllegalStateException if there is no gate to ask: the tool must not be added
   */
  public static Object guard(Object tool) {
    WovenGate woven = WovenGate.process();
    if (woven.off()) {
      return tool;
    }
    Gateway asked = woven.gateway();
    for (Guard one : INSTALLED) {
      if (asked != null && one.gate.get() == asked.gate()) {
        return one.guard.apply(tool);
      }
    }
    throw new IllegalStateException(
        "Tollgate has no gate for a tool that is added to an MCP server: start the application"
            + " context with the gate first, and only one in this process");
  }

  /** How a container guards such tools, for as long as it lives. */
  public static final class Guard implements InitializingBean, DisposableBean {
    private final Supplier<ToolGate> gate;
    private final UnaryOperator<Object> guard;

    /**
     * @param guard gives back as it is what it knows not
     */
    public Guard(Supplier<ToolGate> gate, UnaryOperator<Object> guard) {
      this.gate = gate;
      this.guard = guard;
    }

    @Override
    public void afterPropertiesSet() {
      INSTALLED.add(this);
    }

    @Override
    public void destroy() {
      INSTALLED.remove(this);
    }
  }
}
