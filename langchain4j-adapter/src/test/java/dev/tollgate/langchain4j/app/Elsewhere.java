package dev.tollgate.langchain4j.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.delegation.DelegationText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent in another process, as far as A2A over HTTP can tell. */
public final class Elsewhere implements AutoCloseable {
  /** What it was sent. */
  public final List<String> received = new CopyOnWriteArrayList<>();

  /** The delegation in the headers of what it was sent; {@code null} for none. */
  public volatile String handed;

  private final HttpServer server;

  public Elsewhere() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer = card();
    if (exchange.getRequestMethod().equals("POST")) {
      received.add(body);
      handed = exchange.getRequestHeaders().getFirst(DelegationText.HEADER);
      answer =
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + body.replaceAll(".*\"id\":(\"[^\"]*\"|\\d+).*", "$1")
              + ",\"result\":{\"kind\":\"message\",\"role\":\"agent\",\"messageId\":\"m\","
              + "\"parts\":[{\"kind\":\"text\",\"text\":\"translated\"}]}}";
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String card() {
    return "{\"name\":\"translator\",\"description\":\"Translates\",\"url\":\""
        + url()
        + "\",\"version\":\"1\",\"protocolVersion\":\"0.3.0\",\"preferredTransport\":\"JSONRPC\","
        + "\"capabilities\":{\"streaming\":false},\"skills\":[],"
        + "\"defaultInputModes\":[\"text\"],\"defaultOutputModes\":[\"text\"]}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
