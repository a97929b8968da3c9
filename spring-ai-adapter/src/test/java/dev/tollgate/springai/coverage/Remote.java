package dev.tollgate.springai.coverage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An MCP server that belongs to somebody else: what it runs, no layer of this process sees. One
 * tool, over real HTTP; it looks whether a request brought the call's credential.
 */
final class Remote implements AutoCloseable {
  static final String TOOL = "remote";
  private static final String TOOLS =
      "{\"tools\":[{\"name\":\"remote\",\"description\":\"Does it\",\"inputSchema\":"
          + "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\"}}}}]}";

  private final Stage stage;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Remote(Stage stage) {
    this.stage = stage;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/mcp", this::answer);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonValue.Members asked = new StrictJson(JsonLimits.DEFAULT).parseObject(body);
      JsonValue id = asked.get("id");
      if (id == null) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      boolean credential = sent != null && sent.startsWith("Bearer token-");
      String text =
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
              .formatted(CanonicalJson.text(id), result(asked, credential));
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (JsonRefusedException e) {
      throw new IOException(e);
    }
  }

  private String result(JsonValue.Members asked, boolean credential) {
    String method = asked.get("method") instanceof JsonValue.Text text ? text.value() : "";
    return switch (method) {
      case "initialize" ->
          "{\"protocolVersion\":%s,\"capabilities\":{\"tools\":{}},%s}"
              .formatted(
                  version(asked), "\"serverInfo\":{\"name\":\"elsewhere\",\"version\":\"1\"}");
      case "tools/list" -> TOOLS;
      case "tools/call" ->
          "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
              .formatted(stage.current().body(credential));
      default -> "{}";
    };
  }

  private static String version(JsonValue.Members asked) {
    return asked.get("params") instanceof JsonValue.Members params
            && params.get("protocolVersion") instanceof JsonValue.Text version
        ? CanonicalJson.text(version)
        : "\"2025-06-18\"";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
