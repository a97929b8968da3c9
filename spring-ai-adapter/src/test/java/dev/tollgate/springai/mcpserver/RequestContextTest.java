package dev.tollgate.springai.mcpserver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.delegation.DelegationText;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** What a request on WebFlux takes along, and what it says of itself. */
class RequestContextTest {
  private static final Caller BOB = Caller.of("acme", "bob");
  private static final McpTransportContext OWN = McpTransportContext.create(Map.of("own", "kept"));

  /** As the transports of MCP servers on WebFlux are: named so, and with such a field. */
  static final class WebFluxTransport {
    McpTransportContextExtractor<Object> contextExtractor = request -> OWN;
  }

  /** Elsewhere. */
  static final class ServletTransport {
    McpTransportContextExtractor<Object> contextExtractor = request -> OWN;
  }

  private static McpTransportContext of(Object request) {
    return RequestContext.Extraction.of(OWN, request);
  }

  private static MockServerRequest said(String... delegations) {
    var request = MockServerRequest.builder();
    for (String one : delegations) {
      request.header(DelegationText.HEADER, one);
    }
    return request.build();
  }

  @Test
  void a_tool_finds_the_delegation_and_what_the_application_extracted_itself() {
    McpTransportContext context = of(said("signed"));
    assertThat(context.get(DelegationText.HEADER)).isEqualTo("signed");
    assertThat(context.get("own")).isEqualTo("kept");
    assertThat(context.get("other")).isNull();
    assertThat(of(said()).get(DelegationText.HEADER)).isNull();
  }

  @Test
  void of_two_delegations_none_is_picked() {
    assertThat(of(said("signed", "forged")).get(DelegationText.HEADER))
        .isEqualTo(List.of("signed", "forged"));
  }

  @Test
  void a_header_of_the_name_of_the_callers_attribute_is_nobody() {
    assertThat(
            RequestContext.caller(
                of(MockServerRequest.builder().header(RequestFilter.CALLER, "root").build())))
        .isNull();
    assertThat(
            RequestContext.caller(
                of(MockServerRequest.builder().attribute(RequestFilter.CALLER, "root").build())))
        .isNull();
  }

  @Test
  void anything_else_than_a_request_on_webflux_is_left_alone() {
    assertThat(of("a request")).isSameAs(OWN);
  }

  private static @Nullable Object filtered(@Nullable ReactiveCallerSource source) {
    MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/mcp"));
    AtomicInteger served = new AtomicInteger();
    new RequestFilter(() -> source)
        .filter(exchange, same -> Mono.fromRunnable(served::incrementAndGet))
        .contextWrite(context -> context.put("user", BOB))
        .block();
    assertThat(served).hasValue(1);
    return exchange.getAttribute(RequestFilter.CALLER);
  }

  @Test
  void the_user_of_the_requests_stream_is_known_later_outside_of_it() {
    Object caller =
        filtered(
            () -> Mono.deferContextual(context -> Mono.justOrEmpty(context.getOrEmpty("user"))));
    assertThat(((Mono<?>) requireNonNull(caller)).block()).isEqualTo(BOB);
  }

  @Test
  void where_nobody_says_who_calls_requests_are_served_as_they_are() {
    assertThat(filtered(null)).isNull();
  }

  @Test
  void only_the_transports_of_webflux_take_along_what_their_requests_say() {
    TransportPostProcessor processor = new TransportPostProcessor();
    WebFluxTransport transport = new WebFluxTransport();
    processor.postProcessAfterInitialization(transport, "transport");
    McpTransportContext context = transport.contextExtractor.extract(said("signed"));
    assertThat(context.get(DelegationText.HEADER)).isEqualTo("signed");
    assertThat(context.get("own")).isEqualTo("kept");
    var prepared = transport.contextExtractor;
    processor.postProcessAfterInitialization(transport, "transport");
    assertThat(transport.contextExtractor).isSameAs(prepared);

    ServletTransport other = new ServletTransport();
    processor.postProcessAfterInitialization(other, "other");
    assertThat(other.contextExtractor.extract(said("signed"))).isSameAs(OWN);
  }
}
