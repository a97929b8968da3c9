package dev.tollgate.springai.mcpserver;

import dev.tollgate.tool.Tool;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.opentelemetry.context.Scope;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * A tool's handler that ends in the gate.
 *
 * @param <X> what the SDK hands to handlers beside the request
 */
abstract sealed class GuardedHandler<X> {
  private static final String GONE = "sha256:gone";

  private final ServedCalls calls;
  private final McpSchema.Tool offered;
  private final Function<X, McpTransportContext> transport;
  private final SingletonSupplier<Tool> tool;
  private volatile boolean removed;

  private GuardedHandler(
      ServedCalls calls, McpSchema.Tool tool, Function<X, McpTransportContext> transport) {
    this.calls = calls;
    this.offered = tool;
    this.transport = transport;
    // Late: handlers are guarded while the container still wires beans.
    this.tool = SingletonSupplier.of(() -> calls.gate().describe(ServedTool.definition(tool)));
  }

  CallerSources callers() {
    return calls.callers();
  }

  @Nullable McpTransportContext transport(X exchange) {
    return exchange == null ? null : transport.apply(exchange);
  }

  /** Whether it guards this tool, and has not been removed. */
  boolean guards(McpSchema.Tool tool) {
    return !removed && offered.equals(tool);
  }

  /** Whatever call of it the server has already taken in is denied. */
  void remove() {
    removed = true;
  }

  CallToolResult run(
      Arrival arrival, CallToolRequest request, Function<CallToolRequest, CallToolResult> handler) {
    Tool known = tool.obtain();
    return calls.run(
        removed ? known.pinned(GONE) : known,
        arrival,
        request,
        decided -> {
          if (removed) { // since it was decided on
            throw new IllegalStateException("the tool was removed");
          }
          return handler.apply(decided);
        });
  }

  /** Runs on the thread that the SDK calls it on, which has the request's context. */
  static final class Sync<X> extends GuardedHandler<X>
      implements BiFunction<X, CallToolRequest, CallToolResult> {
    private final BiFunction<X, CallToolRequest, CallToolResult> handler;

    /** The tool's own handler, behind a guard if there is one. */
    static <X> BiFunction<X, CallToolRequest, CallToolResult> own(
        BiFunction<X, CallToolRequest, CallToolResult> handler) {
      return handler instanceof Sync<X> guard ? guard.handler : handler;
    }

    Sync(
        ServedCalls calls,
        McpSchema.Tool tool,
        Function<X, McpTransportContext> transport,
        BiFunction<X, CallToolRequest, CallToolResult> handler) {
      super(calls, tool, transport);
      this.handler = handler;
    }

    @Override
    public CallToolResult apply(X exchange, CallToolRequest request) {
      Arrival arrival = callers().onThread(transport(exchange));
      return run(arrival, request, decided -> handler.apply(exchange, decided));
    }
  }

  /**
   * The gate may wait for a policy engine or a token server, and waits for the tool: so all of it
   * runs on a thread that may block. Whoever cancels interrupts it there, and the call ends.
   */
  static final class Async<X> extends GuardedHandler<X>
      implements BiFunction<X, CallToolRequest, Mono<CallToolResult>> {
    private final BiFunction<X, CallToolRequest, Mono<CallToolResult>> handler;

    /** The tool's own handler, behind a guard if there is one. */
    static <X> BiFunction<X, CallToolRequest, Mono<CallToolResult>> own(
        BiFunction<X, CallToolRequest, Mono<CallToolResult>> handler) {
      return handler instanceof Async<X> guard ? guard.handler : handler;
    }

    Async(
        ServedCalls calls,
        McpSchema.Tool tool,
        Function<X, McpTransportContext> transport,
        BiFunction<X, CallToolRequest, Mono<CallToolResult>> handler) {
      super(calls, tool, transport);
      this.handler = handler;
    }

    @Override
    public Mono<CallToolResult> apply(X exchange, CallToolRequest request) {
      Mono<Arrival> arrived = callers().inStream(transport(exchange));
      return Mono.deferContextual(
          context ->
              arrived.flatMap(
                  arrival ->
                      Mono.fromCallable(() -> blocking(arrival, exchange, request, context))
                          .subscribeOn(Schedulers.boundedElastic())));
    }

    private CallToolResult blocking(
        Arrival arrival, X exchange, CallToolRequest request, ContextView context) {
      try (Scope arrived = arrival.context().makeCurrent()) {
        return run(
            arrival,
            request,
            decided ->
                CarriedCall.along(
                    () -> handler.apply(exchange, decided).contextWrite(context).block()));
      }
    }
  }
}
