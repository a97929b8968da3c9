package dev.tollgate.springai.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.util.ClassUtils;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Leaves the call where Spring AI's callback of an asynchronous client takes its Reactor context
 * from, and puts back what was there.
 */
final class ReactiveCall implements AutoCloseable {
  // The holder's package is named internal: without it asynchronous clients get no credentials.
  private static final boolean HELD =
      ClassUtils.isPresent(
          "org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder",
          ReactiveCall.class.getClassLoader());

  private final @Nullable ContextView before;

  private ReactiveCall(@Nullable ContextView before) {
    this.before = before;
  }

  static ReactiveCall carry(@Nullable Connection connection) {
    if (!HELD) {
      return new ReactiveCall(null);
    }
    ContextView before = ToolCallReactiveContextHolder.getContext();
    McpTransportContext outer =
        before.getOrDefault(McpTransportContext.KEY, McpTransportContext.EMPTY);
    McpTransportContext call =
        CarriedCall.here(outer == null ? McpTransportContext.EMPTY : outer, connection);
    ToolCallReactiveContextHolder.setContext(Context.of(before).put(McpTransportContext.KEY, call));
    return new ReactiveCall(before);
  }

  @Override
  public void close() {
    if (before == null) {
      return;
    }
    if (before.isEmpty()) {
      ToolCallReactiveContextHolder.clearContext();
    } else {
      ToolCallReactiveContextHolder.setContext(before);
    }
  }
}
