package dev.tollgate.springai.mcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What a client sends while a call of the gate runs, and which of it is the call. */
class CallRequestsTest {
  private static final URI DOCS = URI.create("https://docs.example/mcp");
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}";

  private final AtomicReference<McpTransportContext> carried =
      new AtomicReference<>(McpTransportContext.EMPTY);

  private static @Nullable String authorization(
      McpAsyncHttpClientRequestCustomizer customizer,
      @Nullable String body,
      McpTransportContext context) {
    HttpRequest.Builder request = HttpRequest.newBuilder(DOCS);
    return requireNonNull(
            Mono.from(customizer.customize(request, "POST", DOCS, body, context)).block())
        .build()
        .headers()
        .firstValue("Authorization")
        .orElse(null);
  }

  private static @Nullable String authorization(
      @Nullable String body, McpTransportContext context) {
    return authorization(
        McpConnections.requests(McpAsyncHttpClientRequestCustomizer.NOOP), body, context);
  }

  private McpTransportContext carried() {
    return requireNonNull(carried.get());
  }

  private void inCall(Runnable body) {
    ListedTool listed =
        new ListedTool(
            "search",
            null,
            Effect.READ,
            Map.of(),
            "docs",
            Sensitivity.INTERNAL,
            ResultTrust.UNTRUSTED,
            null,
            new CredentialNeed(
                "docs",
                Set.of("read"),
                URI.create("https://docs.example"),
                CredentialNeed.DEFAULT_LIFETIME));
    CountingIssuer issuer = new CountingIssuer();
    ToolGate gate =
        TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink())
            .manifest(new ToolManifest(List.of(listed)))
            .credentials(issuer, issuer)
            .build();
    ToolResult result =
        gate.call(
            gate.propose(
                new Proposal(
                    gate.startTask(Intent.human("search"), null, null, null),
                    gate.describe(new ToolDefinition("search", "", "", "test")),
                    "{}",
                    null,
                    SpanOwner.GATE)),
            arguments -> {
              carried.set(CarriedCall.here(McpTransportContext.EMPTY, null));
              body.run();
              return ToolResult.returned("found");
            });
    assertThat(result).isInstanceOf(ToolResult.Returned.class);
  }

  @Test
  void the_call_of_a_tool_takes_the_calls_credential_along_until_that_has_ended() {
    inCall(
        () -> {
          assertThat(authorization(CALL, carried())).isEqualTo("Bearer token-1");
          assertThat(authorization(CALL, McpTransportContext.EMPTY)).isNull();
        });
    assertThat(authorization(CALL, carried())).isNull();
  }

  /** A session that was lost is begun anew inside the call. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":{\"tools/call\":true}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}]",
        "tools/call",
        ""
      })
  void whatever_else_is_sent_on_the_way_goes_without(String body) {
    inCall(() -> assertThat(authorization(body, carried())).isNull());
  }

  @Test
  void so_does_what_has_no_body() {
    inCall(() -> assertThat(authorization(null, carried())).isNull());
  }

  /** The application's own customizer comes first, and may send the request elsewhere. */
  @Test
  void where_the_request_really_goes_decides() {
    McpAsyncHttpClientRequestCustomizer away =
        (request, method, endpoint, body, context) ->
            Mono.just(request.uri(URI.create("https://eve.example/mcp")));
    inCall(
        () -> assertThat(authorization(McpConnections.requests(away), CALL, carried())).isNull());
  }
}
