package dev.tollgate.springai.coverage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An MCP client that is no more than what goes over the wire. */
final class McpCaller {
  private static final String VERSION = "2025-06-18";
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
          + VERSION
          + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"wire\",\"version\":\"1\"}}}";
  private static final String READY =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
          + "\"arguments\":%s}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final @Nullable String session;

  /** Makes itself known to a server on this machine. */
  McpCaller(int port) throws IOException, InterruptedException {
    this.endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
    HttpResponse<String> hello = post(HELLO, null);
    this.session = hello.headers().firstValue("Mcp-Session-Id").orElse(null);
    post(READY, session);
  }

  /** Calls a tool; what the server answers is the tool's result or a denial. */
  String call(String tool) throws IOException, InterruptedException {
    return post(CALL.formatted(tool, Deed.ARGUMENTS), session).body();
  }

  private HttpResponse<String> post(String body, @Nullable String known)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", VERSION)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (known != null) {
      request.header("Mcp-Session-Id", known);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("the server said " + response.statusCode() + ": " + response.body());
    }
    return response;
  }
}
