package dev.tollgate.springai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.StartReport;
import dev.tollgate.springai.mcp.McpDelegation;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.mcp.client.webflux.transport.WebClientStreamableHttpTransport;
import org.springframework.ai.mcp.customizer.McpClientCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/** The same servers as in {@link McpClientTest}, reached by WebClient. */
@Timeout(90)
class McpWebClientTest {
  private static final String WAYS = "dev.tollgate.springai.McpClientTest#ways";
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

  private static JdkClientHttpConnector following(HttpClient.Redirect redirects) {
    return new JdkClientHttpConnector(HttpClient.newBuilder().followRedirects(redirects).build());
  }

  private static List<CoveredPath> connections(ApplicationContext context) {
    return context.getBean(StartReport.class).found().getOrDefault("Spring AI", List.of()).stream()
        .filter(path -> path.path().startsWith("MCP connection"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource(WAYS)
  void a_call_takes_its_credential_along_and_nothing_else_does(
      String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.webClient(server, protocol, type, docs.gate(server.origin()))
        .run(
            context -> {
              assertThat(DocsClient.ask(context, streamed)).contains("search found rates");
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1");
              assertThat(docs.issuer.revoked()).containsExactly("token-1");
              DocsClient.ask(context, streamed);
              DocsClient.callDirectly(context);
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1", "Bearer token-2", null);
              assertThat(docs.issuer.revoked()).containsExactly("token-1", "token-2");
              assertThat(server.others())
                  .hasSizeGreaterThan(2)
                  .extracting(DocsServer.Got::authorization)
                  .containsOnlyNulls();
              assertThat(server.got).extracting(DocsServer.Got::delegation).containsOnlyNulls();
              assertThat(docs.app.policy.asked().get(0).get(0).tool().source())
                  .isEqualTo("mcp:docs");
              assertThat(connections(context))
                  .extracting(CoveredPath::standing)
                  .containsExactly(CoveredPath.Standing.COVERED);
            });
  }

  @ParameterizedTest
  @MethodSource(WAYS)
  void calls_at_the_same_time_have_each_their_own(String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.webClient(server, protocol, type, docs.gate(server.origin()))
        .run(
            context -> {
              assertThat(DocsClient.tools(context)).hasSize(1); // connected
              server.together = new CyclicBarrier(3);
              List<CompletableFuture<String>> answers = new CopyOnWriteArrayList<>();
              for (int i = 0; i < 3; i++) {
                answers.add(
                    CompletableFuture.supplyAsync(
                        () -> DocsClient.ask(context, streamed), work -> new Thread(work).start()));
              }
              assertThat(answers).allSatisfy(one -> assertThat(one.join()).contains("found rates"));
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactlyInAnyOrder("Bearer token-1", "Bearer token-2", "Bearer token-3");
              assertThat(docs.issuer.revoked())
                  .containsExactlyInAnyOrder("token-1", "token-2", "token-3");
            });
  }

  @ParameterizedTest
  @MethodSource(WAYS)
  void an_agent_gets_a_delegation_that_its_gate_accepts(
      String protocol, String type, boolean streamed) {
    DocsServer server = serving(protocol);
    docs.webClient(server, protocol, type, docs.gate(server.origin()))
        .withBean(
            McpDelegation.class,
            () -> new McpDelegation("docs", Grant.to("docs-agent").tools("search")))
        .run(
            context -> {
              assertThat(DocsClient.ask(context, streamed)).contains("search found rates");
              String sent = requireNonNull(server.calls().get(0).delegation());
              assertThat(server.meta.get(0)).containsEntry(DelegationText.METADATA, sent);
              Task task =
                  TestGates.gate(docs.app.policy, docs.app.audit)
                      .keys(docs.keys)
                      .build()
                      .delegations()
                      .accept(sent, Caller.of("acme", "alice"), AgentIdentity.of("docs-agent"));
              assertThat(task.agent().id()).isEqualTo("docs-agent");
              assertThat(server.others())
                  .extracting(DocsServer.Got::delegation)
                  .containsOnlyNulls();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAMABLE", "SSE"})
  void another_origin_gets_no_credential(String protocol) {
    DocsServer server = serving(protocol);
    docs.webClient(server, protocol, "SYNC", docs.gate("https://docs.example"))
        .run(
            context -> {
              DocsClient.ask(context, false);
              assertThat(docs.issuer.revoked()).containsExactly("token-1");
              assertThat(server.calls().get(0).authorization()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_redirect_is_not_followed_and_a_standing_token_is_replaced(String type) {
    DocsServer server = serving("STREAMABLE");
    try (DocsServer thief = new DocsServer("STREAMABLE")) {
      docs.webClient(server, "STREAMABLE", type, docs.gate(server.origin()))
          .withBean(
              WebClient.Builder.class,
              () ->
                  WebClient.builder()
                      .defaultHeader("Authorization", "Bearer old")
                      .defaultHeader("X-Custom", "mine"))
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
  void a_client_that_follows_redirects_gets_no_credentials_and_the_start_says_so(String type) {
    DocsServer server = serving("STREAMABLE");
    try (DocsServer thief = new DocsServer("STREAMABLE")) {
      docs.webClient(server, "STREAMABLE", type, docs.gate(server.origin()))
          .withBean(
              WebClient.Builder.class,
              () -> WebClient.builder().clientConnector(following(HttpClient.Redirect.ALWAYS)))
          .run(
              context -> {
                assertThat(connections(context))
                    .singleElement()
                    .satisfies(path -> assertThat(path.detail()).contains("may follow redirects"));
                server.elsewhere = thief.origin() + "/mcp";
                DocsClient.ask(context, false);
                assertThat(docs.issuer.revoked()).containsExactly("token-1");
                assertThat(thief.calls()).isNotEmpty(); // followed, as the application wants it
                assertThat(server.calls().get(0).authorization()).isNull();
                assertThat(thief.calls().get(0).authorization()).isNull();
              });
    }
  }

  @Test
  void a_connector_that_is_exchanged_afterwards_gets_no_credentials() {
    DocsServer server = serving("STREAMABLE");
    docs.webClient(server, "STREAMABLE", "SYNC", docs.gate(server.origin()))
        .withInitializer(
            made ->
                ((GenericApplicationContext) made)
                    .addBeanFactoryPostProcessor(
                        beans -> beans.registerSingleton("last", new Exchanging(server.origin()))))
        .run(
            context -> {
              assertThat(DocsClient.ask(context, false)).contains("search found rates");
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly((String) null);
            });
  }

  /** Comes after the gate's own, as one of another library may. */
  private static final class Exchanging
      implements McpClientCustomizer<WebClientStreamableHttpTransport.Builder> {
    private final String url;

    Exchanging(String url) {
      this.url = url;
    }

    @Override
    public void customize(String name, WebClientStreamableHttpTransport.Builder transport) {
      ClientHttpConnector other = following(HttpClient.Redirect.ALWAYS);
      transport.webClientBuilder(WebClient.builder().baseUrl(url).clientConnector(other));
    }
  }

  @Test
  void filters_do_not_see_the_credential() {
    DocsServer server = serving("STREAMABLE");
    List<String> seen = new CopyOnWriteArrayList<>();
    docs.webClient(server, "STREAMABLE", "ASYNC", docs.gate(server.origin()))
        .withBean(
            WebClient.Builder.class,
            () ->
                WebClient.builder()
                    .filter(
                        (request, next) -> {
                          seen.add(request.headers().toString());
                          return next.exchange(request);
                        }))
        .run(
            context -> {
              DocsClient.ask(context, false);
              assertThat(server.calls().get(0).authorization()).isEqualTo("Bearer token-1");
              assertThat(seen).isNotEmpty().noneMatch(headers -> headers.contains("token-1"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_session_that_was_lost_is_begun_anew_without_a_credential(String type) {
    DocsServer server = serving("STREAMABLE");
    docs.webClient(server, "STREAMABLE", type, docs.gate(server.origin()))
        .run(
            context -> {
              server.forgets = true;
              assertThat(DocsClient.ask(context, false)).doesNotContain("found");
              assertThat(DocsClient.ask(context, false)).contains("search found rates");
              assertThat(server.calls())
                  .extracting(DocsServer.Got::authorization)
                  .containsExactly("Bearer token-1", "Bearer token-2");
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
    docs.webClient(server, "STREAMABLE", type, docs.gate(server.origin()))
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
}
