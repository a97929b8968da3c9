package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The header goes to the host that the credential was issued for, and to no other. */
class CredentialedHttpClientTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final HttpClient client = CredentialedHttpClient.wrap(HttpClient.newHttpClient());
  private HttpServer bank = server();
  private HttpServer other = server();

  private HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().get("Authorization")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      return server;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    bank.start();
    other.start();
  }

  @AfterEach
  void stop() {
    bank.stop(0);
    other.stop(0);
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private CallCredential credential() {
    return new CallCredential(new FakeIssuer().credential("tok"), uri(bank));
  }

  private void get(HttpServer server, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(server));
    if (headers.length > 0) {
      request.headers(headers);
    }
    assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void onlyTheRightHostGetsIt() throws Exception {
    get(bank);
    CallCredential credential = credential();
    try (var scope = credential.open()) {
      get(bank);
      get(other);
      var async =
          client.sendAsync(
              HttpRequest.newBuilder(uri(bank)).build(), HttpResponse.BodyHandlers.discarding());
      assertThat(async.get().statusCode()).isEqualTo(204);
      credential.end();
      get(bank);
    }
    assertThat(seen).containsExactly("null", "[Bearer tok]", "null", "[Bearer tok]", "null");
  }

  @Test
  void anAuthorizationOfTheCallerIsNotOverwritten() throws Exception {
    try (var scope = credential().open()) {
      get(bank, "Authorization", "Basic x", "X-Kept", "yes");
    }
    assertThat(seen).containsExactly("[Basic x]");
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    for (HttpClient.Redirect redirect :
        List.of(HttpClient.Redirect.ALWAYS, HttpClient.Redirect.NORMAL)) {
      HttpClient follows = HttpClient.newBuilder().followRedirects(redirect).build();
      assertThatIllegalArgumentException().isThrownBy(() -> CredentialedHttpClient.wrap(follows));
    }
  }
}
