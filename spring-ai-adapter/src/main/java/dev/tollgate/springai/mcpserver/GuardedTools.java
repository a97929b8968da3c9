package dev.tollgate.springai.mcpserver;

import io.modelcontextprotocol.spec.McpSchema;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which guards stand before which tools: by the very object, since an equal definition may stand
 * before another handler. Remembers them for as long as a server or a bean has them. Thread-safe.
 */
final class GuardedTools {
  private final List<Guarded> all = new CopyOnWriteArrayList<>();

  private static final class Guarded extends WeakReference<McpSchema.Tool> {
    private final WeakReference<GuardedHandler<?>> handler;

    Guarded(McpSchema.Tool tool, GuardedHandler<?> handler) {
      super(tool);
      this.handler = new WeakReference<>(handler);
    }

    boolean stands(McpSchema.Tool tool) {
      return refersTo(tool) && !handler.refersTo(null);
    }
  }

  void add(McpSchema.Tool tool, GuardedHandler<?> handler) {
    all.removeIf(
        known ->
            known.refersTo(null)
                || known.handler.refersTo(null)
                || (known.refersTo(tool) && known.handler.refersTo(handler)));
    all.add(new Guarded(tool, handler));
  }

  boolean has(McpSchema.Tool tool) {
    return all.stream().anyMatch(known -> known.stands(tool));
  }

  /** No call of the tool of this name runs any more. */
  void end(Collection<McpSchema.Tool> offered, String name) {
    for (McpSchema.Tool tool : offered) {
      if (tool.name().equals(name)) {
        all.stream().filter(known -> known.refersTo(tool)).forEach(GuardedTools::end);
      }
    }
  }

  private static void end(Guarded known) {
    GuardedHandler<?> handler = known.handler.get();
    if (handler != null) {
      handler.remove();
    }
  }

  int size() {
    return all.size();
  }
}
