package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

class CallCredentialRequestInterceptorTest {
  private final List<@Nullable String> received = Collections.synchronizedList(new ArrayList<>());
  private final List<HttpServer> servers = new ArrayList<>();
  private URI bank = URI.create("http://localhost");
  private URI stranger = URI.create("http://localhost");

  @BeforeEach
  void serve() throws Exception {
    stranger = serve(null);
    bank = serve(stranger);
  }

  private URI serve(@Nullable URI elsewhere) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          boolean away = exchange.getRequestURI().getPath().equals("/away") && elsewhere != null;
          if (away) {
            exchange.getResponseHeaders().add("Location", elsewhere + "/caught");
          }
          exchange.sendResponseHeaders(away ? 302 : 204, -1);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private void calling(Consumer<RestClient> body, String... properties) {
    Application app = Application.permitting();
    ListedTool listed =
        new ListedTool(
            "balance",
            null,
            Effect.READ,
            Map.of(),
            "bank",
            Sensitivity.INTERNAL,
            ResultTrust.UNTRUSTED,
            null,
            new CredentialNeed("bank", Set.of("read"), bank, CredentialNeed.DEFAULT_LIFETIME));
    CountingIssuer issuer = new CountingIssuer("for-one-call");
    app.with(
            ScriptedModel.asking(tool("balance")),
            TestGates.gate(app.policy, app.audit)
                .manifest(new ToolManifest(List.of(listed)))
                .credentials(issuer, issuer)
                .build())
        .withPropertyValues(properties)
        .run(
            context -> {
              RestClient http = context.getBean(RestClient.Builder.class).build();
              RecordingTool balance =
                  new RecordingTool(
                      "balance",
                      false,
                      arguments -> {
                        body.accept(http);
                        return "done";
                      });
              assertThat(ask(context, "balance?", balance)).isEqualTo("done");
              get(http, bank);
            });
  }

  private static void get(RestClient http, URI target) {
    http.get().uri(target).retrieve().toBodilessEntity();
  }

  @Test
  void the_credential_goes_to_its_server_within_the_call_and_nowhere_else() {
    calling(
        http -> {
          get(http, bank.resolve("/balance"));
          get(http, stranger);
          http.get()
              .uri(bank)
              .headers(headers -> headers.setBasicAuth("a", "b"))
              .retrieve()
              .toBodilessEntity();
        });
    assertThat(received).containsExactly("Bearer for-one-call-1", null, "Basic YTpi", null);
  }

  @Test
  void a_redirect_does_not_carry_it_away() {
    calling(http -> get(http, bank.resolve("/away")));
    assertThat(received)
        .containsExactly("Bearer for-one-call-1", null); // the last is after the call
    received.clear();
    // Who wants redirects gets them, but then no credential: the JDK's client would take it along.
    calling(http -> get(http, bank.resolve("/away")), "spring.http.clients.redirects=follow");
    assertThat(received).containsOnlyNulls().hasSize(3);
  }
}
