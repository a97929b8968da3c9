package dev.tollgate.springai.mcpserver;

import dev.tollgate.delegation.DelegationText;
import dev.tollgate.task.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * What a request on WebFlux takes along to the tool that it calls, on whatever thread that runs: on
 * top of what the application extracts itself.
 *
 * @param delegation its header; a list, which nothing accepts, where there are several
 * @param caller who makes it; fails where that cannot be told, {@code null} where nobody says
 */
record RequestContext(
    McpTransportContext outer, @Nullable Object delegation, @Nullable Mono<Caller> caller)
    implements McpTransportContext {

  /** Loaded only where WebFlux is there. */
  static final class Extraction {
    private Extraction() {}

    @SuppressWarnings("unchecked") // the filter's own attribute
    static McpTransportContext of(McpTransportContext outer, Object request) {
      if (!(request instanceof ServerRequest http)) {
        return outer;
      }
      List<String> values = http.headers().header(DelegationText.HEADER);
      Object one = values.size() == 1 ? values.get(0) : List.copyOf(values);
      Object caller = http.attributes().get(RequestFilter.CALLER);
      return new RequestContext(
          outer,
          values.isEmpty() ? null : one,
          caller instanceof Mono<?> known ? (Mono<Caller>) known : null);
    }
  }

  /** Of the request that a tool was called by; {@code null} where nobody says. */
  static @Nullable Mono<Caller> caller(@Nullable McpTransportContext transport) {
    return transport instanceof RequestContext request ? request.caller() : null;
  }

  @Override
  public @Nullable Object get(String key) {
    Object own = outer.get(key);
    return own == null && key.equals(DelegationText.HEADER) ? delegation : own;
  }
}
