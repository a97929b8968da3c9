package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpRequest;
import org.springframework.web.client.RestClient;

/** A call's credential in the hands of the application's own interceptors and settings. */
class KeptRequestTest {
  private final List<@Nullable String> received = new CopyOnWriteArrayList<>();
  private final List<HttpRequest> kept = new ArrayList<>();
  private final CountingIssuer issuer = new CountingIssuer();
  private final HttpServer server;
  private final URI bank;

  KeptRequestTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    bank = URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ToolGate gate() {
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
    Application app = Application.permitting();
    return TestGates.gate(app.policy, app.audit)
        .manifest(new ToolManifest(List.of(listed)))
        .credentials(issuer, issuer)
        .build();
  }

  private void asks(ApplicationContextRunner runner) {
    runner.run(
        context -> {
          RestClient http =
              context
                  .getBean(RestClient.Builder.class)
                  .requestInterceptor(
                      (request, body, execution) -> {
                        kept.add(request);
                        return execution.execute(request, body);
                      })
                  .build();
          RecordingTool balance =
              new RecordingTool(
                  "balance",
                  false,
                  arguments -> {
                    http.get().uri(bank).retrieve().toBodilessEntity();
                    return "done";
                  });
          assertThat(ask(context, "balance?", balance)).isEqualTo("done");
        });
  }

  /** Such as one that logs, or waits to send the request again. */
  @Test
  void an_interceptor_that_keeps_the_request_keeps_no_token() {
    asks(Application.permitting().with(ScriptedModel.asking(tool("balance")), gate()));
    assertThat(received).containsExactly("Bearer token-1");
    assertThat(kept)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getURI()).isEqualTo(bank);
              assertThat(request.getHeaders().getFirst("Authorization")).isNull();
            });
  }

  /** Then the JDK's client follows redirects, and would take the token along. */
  @Test
  void where_nobody_says_whether_redirects_are_followed_no_token_goes_out() {
    ToolGate gate = gate();
    asks(
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    ToolGateAutoConfiguration.class,
                    TollgateAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class,
                    RestClientAutoConfiguration.class))
            .withBean(ToolGate.class, () -> gate)
            .withBean(ChatModel.class, () -> ScriptedModel.asking(tool("balance"))));
    assertThat(received).hasSize(1).containsOnlyNulls();
  }
}
