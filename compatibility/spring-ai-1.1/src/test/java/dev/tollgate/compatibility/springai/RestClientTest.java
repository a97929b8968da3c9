package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tollgate.ToolGate;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Boot 3.5's {@code RestClient.Builder} carries the credential of a call. */
class RestClientTest {
  private final List<@Nullable String> received = Collections.synchronizedList(new ArrayList<>());
  private final List<HttpServer> servers = new ArrayList<>();
  private static URI bank = URI.create("http://localhost");

  @BeforeEach
  void serve() throws Exception {
    bank = serve(serve(null));
  }

  private URI serve(@Nullable URI elsewhere) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          if (elsewhere != null) {
            exchange.getResponseHeaders().add("Location", elsewhere + "/caught");
          }
          exchange.sendResponseHeaders(elsewhere == null ? 204 : 302, -1);
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

  /** Asks the bank, which sends it elsewhere. */
  record Bank(RestClient http) {
    @Tool(description = "The balance")
    String balance() {
      http.get().uri(bank).retrieve().toBodilessEntity();
      return "asked";
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Credentials {
    @Bean
    ToolGate toolGate() {
      ListedTool balance =
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
      return TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink())
          .manifest(new ToolManifest(List.of(balance)))
          .credentials(issuer, issuer)
          .build();
    }
  }

  private List<@Nullable String> asked(Path folder, String... properties) throws Exception {
    try (Office office = Office.open(folder, List.of(properties), Credentials.class)) {
      office.model.asks("balance {}");
      Bank tools = new Bank(office.context.getBean(RestClient.Builder.class).build());
      received.clear();
      String answer = office.client().prompt().user("balance?").tools(tools).call().content();
      assertThat(answer).isEqualTo("\"asked\"");
      tools.balance(); // outside a call
      return List.copyOf(received.stream().map(String::valueOf).toList());
    }
  }

  @Test
  void within_the_call_and_to_its_server_only(@TempDir Path folder) throws Exception {
    assertThat(asked(folder)).containsExactly("Bearer for-one-call-1", "null");
  }

  @Test
  void who_wants_redirects_gets_no_credentials(@TempDir Path folder) throws Exception {
    assertThat(asked(folder, "spring.http.client.redirects=follow"))
        .containsExactly("null", "null", "null", "null");
  }
}
