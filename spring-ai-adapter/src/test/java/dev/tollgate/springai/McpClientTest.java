package dev.tollgate.springai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.springai.mcp.McpDelegation;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.mcp.customizer.McpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tools of real MCP servers over HTTP, through the clients that Spring AI makes. */
@Timeout(90)
class McpClientTest {
  private final DocsClient docs = new DocsClient();
  private @Nullable DocsServer started;

  @AfterEach
  void stop() {
    if (started != null) {
      started.close();
    }
  }

  private DocsServer serving(String protocol) {
    started = new DocsServer(protocol);
    return started;
  }

  static Stream<Arguments> ways() {
    return Stream.of("STREAMABLE", "SSE")
        .flatMap(
            protocol ->
                Stream.of("SYNC", "ASYNC")
                    .flatMap(
                        type ->
                            Stream.of(false, true)
                                .map(streamed -> Arguments.of(protocol, type, streamed))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_call_takes_its_credential_along_and_nothing_else_does(
      String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.client(server, protocol, type, docs.gate(server.origin()))
        .run(
            context -> {
              assertThat(DocsClient.ask(context, streamed)).contains("search found rates");
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1");
              assertThat(docs.issuer.revoked()).containsExactly("token-1");
              DocsClient.ask(context, streamed);
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1", "Bearer token-2");
              DocsClient.callDirectly(context);
              assertThat(server.calls()).hasSize(3);
              assertThat(server.calls().get(2).authorization()).isNull();
              assertThat(server.others())
                  .hasSizeGreaterThan(2)
                  .extracting(DocsServer.Got::authorization)
                  .containsOnlyNulls();
              assertThat(server.got).extracting(DocsServer.Got::delegation).containsOnlyNulls();
              assertThat(docs.app.policy.asked().get(0).get(0).tool().source())
                  .isEqualTo("mcp:docs");
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_denied_call_does_not_reach_the_server(String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    Application denying = Application.denying("search");
    docs.client(server, protocol, type, TestGates.gate(denying.policy, denying.audit))
        .run(
            context -> {
              assertThat(DocsClient.ask(context, streamed)).contains("\"error\":\"denied\"");
              assertThat(server.calls()).isEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void of_a_tool_context_a_server_sees_what_is_allowed(
      String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.client(server, protocol, type, docs.gate(server.origin()))
        .withPropertyValues("tollgate.mcp.meta=locale, exchange")
        .run(
            context -> {
              DocsClient.ask(
                  context,
                  streamed,
                  Map.of("user-secret", "s3cr3t", "locale", "de", "exchange", "mine"));
              assertThat(server.meta).hasSize(1);
              assertThat(server.meta.get(0)).containsEntry("locale", "de");
              assertThat(server.meta.get(0)).doesNotContainKeys("user-secret", "exchange");
              assertThat(server.meta.get(0)).doesNotContainKey(DelegationText.METADATA);
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_agent_gets_a_delegation_that_its_gate_accepts(
      String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.client(server, protocol, type, docs.gate(server.origin()))
        .withBean(
            McpDelegation.class,
            () -> new McpDelegation("docs", Grant.to("docs-agent").tools("search")))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(DocsClient.ask(context, streamed)).contains("search found rates");
              String sent = String.valueOf(server.meta.get(0).get(DelegationText.METADATA));
              assertThat(server.calls().get(0).delegation()).isEqualTo(sent);
              assertThat(server.others())
                  .extracting(DocsServer.Got::delegation)
                  .containsOnlyNulls();
              // The server's own gate.
              Task task =
                  TestGates.gate(docs.app.policy, docs.app.audit)
                      .keys(docs.keys)
                      .build()
                      .delegations()
                      .accept(sent, Caller.of("acme", "alice"), AgentIdentity.of("docs-agent"));
              assertThat(task.delegation()).isInstanceOf(VerifiedDelegation.class);
              assertThat(((VerifiedDelegation) requireNonNull(task.delegation())).grant().tools())
                  .containsExactly("search");
              assertThat(task.agent().id()).isEqualTo("docs-agent");
              DocsClient.callDirectly(context);
              assertThat(server.calls().get(1).delegation()).isNull();
              assertThat(server.meta.get(1)).isEmpty();
            });
  }

  @Test
  void a_delegation_for_a_server_that_there_is_not_stops_the_start() {
    DocsServer server = serving("STREAMABLE");
    docs.client(server, "STREAMABLE", "SYNC", docs.gate(server.origin()))
        .withBean(McpDelegation.class, () -> new McpDelegation("dosc", Grant.to("docs-agent")))
        .run(
            context ->
                assertThat(context.getStartupFailure()).hasMessageContaining("McpDelegation dosc"));
  }

  /** Which of the two counts, nobody says. */
  @Test
  void two_delegations_for_one_server_stop_the_start() {
    DocsServer server = serving("STREAMABLE");
    docs.client(server, "STREAMABLE", "SYNC", docs.gate(server.origin()))
        .withBean("one", McpDelegation.class, () -> new McpDelegation("docs", Grant.to("a")))
        .withBean("two", McpDelegation.class, () -> new McpDelegation("docs", Grant.to("b")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("two are for the connection docs"));
  }

  @Test
  void another_origin_gets_no_credential() {
    DocsServer server = serving("STREAMABLE");
    docs.client(server, "STREAMABLE", "SYNC", docs.gate("https://docs.example"))
        .run(
            context -> {
              DocsClient.ask(context, false);
              assertThat(docs.issuer.revoked()).containsExactly("token-1");
              assertThat(server.calls().get(0).authorization()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_redirect_is_not_followed(String type) {
    DocsServer server = serving("STREAMABLE");
    try (DocsServer thief = new DocsServer("STREAMABLE")) {
      docs.client(server, "STREAMABLE", type, docs.gate(server.origin()))
          .withUserConfiguration(Redirects.class)
          .run(
              context -> {
                server.elsewhere = thief.origin() + "/mcp";
                DocsClient.ask(context, false);
                assertThat(server.calls().get(0).authorization()).isEqualTo("Bearer token-1");
                assertThat(server.calls().get(0).custom()).isEqualTo("mine");
                assertThat(thief.got).isEmpty();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_redirect_is_not_followed_over_sse_either(String type) {
    DocsServer server = serving("SSE");
    try (DocsServer thief = new DocsServer("STREAMABLE")) {
      docs.client(server, "SSE", type, docs.gate(server.origin()))
          .withUserConfiguration(SseRedirects.class)
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                server.elsewhere = thief.origin() + "/mcp";
                assertThat(DocsClient.ask(context, false)).doesNotContain("found");
                assertThat(server.calls().get(0).authorization()).isEqualTo("Bearer token-1");
                assertThat(thief.got).isEmpty();
              });
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SseRedirects {
    @Bean
    @SuppressWarnings("deprecation") // as long as servers speak it
    McpClientCustomizer<HttpClientSseClientTransport.Builder> own() {
      return (name, builder) ->
          builder.customizeClient(
              client -> client.followRedirects(java.net.http.HttpClient.Redirect.ALWAYS));
    }
  }

  /** An application's own customizers, which stay in force as far as they are safe. */
  @Configuration(proxyBeanMethods = false)
  static class Redirects {
    @Bean
    McpClientCustomizer<HttpClientStreamableHttpTransport.Builder> own() {
      return (name, builder) ->
          builder
              .customizeClient(
                  client -> client.followRedirects(java.net.http.HttpClient.Redirect.ALWAYS))
              .httpRequestCustomizer(
                  (request, method, uri, body, context) ->
                      request.header("X-Custom", "mine").header("Authorization", "Bearer old"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_session_that_was_lost_is_begun_anew_without_a_credential(String type) {
    DocsServer server = serving("STREAMABLE");
    docs.client(server, "STREAMABLE", type, docs.gate(server.origin()))
        .run(
            context -> {
              server.forgets = true;
              assertThat(DocsClient.ask(context, false)).doesNotContain("found");
              assertThat(DocsClient.ask(context, false)).contains("search found rates");
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1", "Bearer token-2");
              assertThat(server.others())
                  .filteredOn(other -> other.method().equals("initialize"))
                  .hasSize(2);
              assertThat(server.others())
                  .extracting(DocsServer.Got::authorization)
                  .containsOnlyNulls();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void of_a_call_without_an_answer_the_outcome_is_unknown(String type) {
    DocsServer server = serving("STREAMABLE");
    server.hangs = true;
    docs.client(server, "STREAMABLE", type, docs.gate(server.origin()))
        .withPropertyValues("spring.ai.mcp.client.request-timeout=2s")
        .run(
            context -> {
              assertThat(DocsClient.ask(context, false)).doesNotContain("found");
              assertThat(docs.issuer.revoked()).containsExactly("token-1");
              assertThat(docs.app.audit.records(AuditRecord.Outcome.class))
                  .extracting(AuditRecord.Outcome::state)
                  .containsExactly("unknown");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void where_tools_are_to_throw_a_call_without_an_answer_throws(String type) {
    DocsServer server = serving("STREAMABLE");
    server.hangs = true;
    docs.client(server, "STREAMABLE", type, docs.gate(server.origin()))
        .withPropertyValues(
            "spring.ai.mcp.client.request-timeout=2s",
            "spring.ai.tools.throw-exception-on-error=true")
        .run(
            context -> {
              assertThatThrownBy(() -> DocsClient.ask(context, false))
                  .hasRootCauseInstanceOf(TimeoutException.class);
              assertThat(docs.app.audit.records(AuditRecord.Outcome.class))
                  .extracting(AuditRecord.Outcome::state)
                  .containsExactly("unknown");
            });
  }
}
