package dev.tollgate.langchain4j;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A peer behind MCP's streamable HTTP, on this machine. */
final class McpHttpPeer implements AutoCloseable {
  /** Of one request: what its message was, and the headers that matter. */
  record Got(String method, @Nullable String authorization, @Nullable String delegation) {}

  final McpPeer peer;
  final List<Got> got = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean forget;

  McpHttpPeer(McpPeer peer) throws IOException {
    this.peer = peer;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return origin() + "/mcp";
  }

  /** Its next answer to a call is that it knows no such session. */
  void forgetsTheSession() {
    forget = true;
  }

  StreamableHttpMcpTransport.Builder transport() {
    return StreamableHttpMcpTransport.builder().url(url());
  }

  DefaultMcpClient client(@Nullable String key) {
    return DefaultMcpClient.builder()
        .key(key)
        .transport(transport().build())
        .autoHealthCheck(false)
        .build();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = McpPeer.JSON.readTree(body).path("method").asText();
    got.add(
        new Got(
            method,
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Txn-Token")));
    if (forget && method.equals("tools/call")) {
      forget = false;
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    List<String> said = peer.answer(body);
    if (said.isEmpty()) {
      if (!method.equals("tools/call")) { // a call is left hanging
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
      }
      return;
    }
    StringBuilder text = new StringBuilder();
    said.forEach(one -> text.append("data: ").append(one).append("\n\n"));
    byte[] bytes =
        (said.size() == 1 ? said.get(0) : text.toString()).getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", said.size() == 1 ? "application/json" : "text/event-stream");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
