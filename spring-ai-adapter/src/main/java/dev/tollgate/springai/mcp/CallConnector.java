package dev.tollgate.springai.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Puts on a {@code tools/call} what goes along with it, behind all filters: none of them sees it,
 * and whoever exchanges the connector afterwards gets none.
 */
final class CallConnector implements ClientHttpConnector {
  private final ClientHttpConnector connector;

  private CallConnector(ClientHttpConnector connector) {
    this.connector = connector;
  }

  static CallConnector over(ClientHttpConnector connector) {
    return connector instanceof CallConnector already ? already : new CallConnector(connector);
  }

  @Override
  public Mono<ClientHttpResponse> connect(
      HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> write) {
    // The client's context, which it has on whatever thread it works.
    return Mono.deferContextual(
        context -> {
          @Nullable McpTransportContext call = context.getOrDefault(McpTransportContext.KEY, null);
          return connector.connect(
              method, uri, request -> write.apply(new Carrying(request, call)));
        });
  }

  /** A request whose body is looked at before its headers go out. */
  private static final class Carrying extends ClientHttpRequestDecorator {
    private final @Nullable McpTransportContext call;

    Carrying(ClientHttpRequest request, @Nullable McpTransportContext call) {
      super(request);
      this.call = call;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
      if (CarriedCall.in(call) == null) {
        return super.writeWith(body);
      }
      return DataBufferUtils.join(body)
          .map(Optional::of)
          .defaultIfEmpty(Optional.empty())
          .flatMap(
              whole -> {
                whole.ifPresent(this::add);
                return super.writeWith(Mono.justOrEmpty(whole));
              });
    }

    private void add(DataBuffer body) {
      CallRequests.add(
          body.toString(StandardCharsets.UTF_8), call, this::getURI, getHeaders()::set);
    }
  }
}
