package dev.tollgate.springai.mcpserver;

import dev.tollgate.spring.ReactiveCallerSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request on WebFlux say later who makes it: what its stream knows, such as Spring
 * Security's user, does not come to the thread of a synchronous tool.
 */
final class RequestFilter implements WebFilter {
  /** No client can set an attribute of this name. */
  static final String CALLER = "dev.tollgate.caller";

  private final Supplier<@Nullable ReactiveCallerSource> callers;

  /**
   * @param callers gives who says who calls, {@code null} where nobody does
   */
  RequestFilter(Supplier<@Nullable ReactiveCallerSource> callers) {
    this.callers = callers;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ReactiveCallerSource source = callers.get();
    if (source == null) {
      return chain.filter(exchange);
    }
    return Mono.deferContextual(
        context -> {
          exchange.getAttributes().put(CALLER, source.current().contextWrite(context));
          return chain.filter(exchange);
        });
  }
}
