package dev.tollgate.compatibility.springai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speaks OpenAI's chat completions, whole and streamed: asks for the tools it was told to, and once
 * it has their results repeats them.
 */
final class OpenAiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpServer server;
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private volatile List<String> calls = List.of();

  OpenAiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Each is a tool's name, a space and its arguments. */
  void asks(String... namesAndArguments) {
    calls = List.of(namesAndArguments);
  }

  /** The names of the tools that the model was offered last. */
  List<String> offered() {
    return offers().get(requests.size() - 1);
  }

  /** The names of the tools of each request. */
  List<List<String>> offers() {
    return requests.stream().map(OpenAiServer::names).toList();
  }

  void forget() {
    requests.clear();
  }

  private static List<String> names(JsonNode request) {
    List<String> names = new ArrayList<>();
    request.path("tools").forEach(tool -> names.add(tool.path("function").path("name").asText()));
    return names;
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    requests.add(request);
    JsonNode messages = request.path("messages");
    boolean told = messages.get(messages.size() - 1).path("role").asText().equals("tool");
    List<ObjectNode> deltas = told ? List.of(results(messages)) : asked();
    boolean streamed = request.path("stream").asBoolean();
    String reason = told ? "stop" : "tool_calls";
    String body = streamed ? streamed(deltas, reason) : whole(deltas, reason);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", streamed ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static ObjectNode results(JsonNode messages) {
    List<String> results = new ArrayList<>();
    for (JsonNode message : messages) {
      if (message.path("role").asText().equals("tool")) {
        results.add(message.path("content").asText());
      }
    }
    return delta().put("content", String.join(" | ", results));
  }

  /** One chunk for each call: more in one chunk Spring AI 1.1 refuses. */
  private List<ObjectNode> asked() {
    List<ObjectNode> deltas = new ArrayList<>();
    for (String call : calls) {
      String[] parts = call.split(" ", 2);
      ObjectNode delta = delta();
      delta
          .putArray("tool_calls")
          .addObject()
          .put("index", deltas.size())
          .put("id", "call-" + deltas.size())
          .put("type", "function")
          .putObject("function")
          .put("name", parts[0])
          .put("arguments", parts[1]);
      deltas.add(delta);
    }
    return deltas;
  }

  private static ObjectNode delta() {
    return JSON.createObjectNode().put("role", "assistant");
  }

  private static String whole(List<ObjectNode> deltas, String reason) {
    ObjectNode message = deltas.get(0);
    if (deltas.size() > 1) {
      ArrayNode all = (ArrayNode) message.path("tool_calls");
      deltas.subList(1, deltas.size()).forEach(more -> all.add(more.path("tool_calls").get(0)));
    }
    ObjectNode answer = envelope("chat.completion");
    answer
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", reason)
        .set("message", message);
    return answer.toString();
  }

  private static String streamed(List<ObjectNode> deltas, String reason) {
    StringBuilder events = new StringBuilder();
    for (ObjectNode delta : deltas) {
      events.append(event(delta, null));
    }
    return events
        .append(event(JSON.createObjectNode(), reason))
        .append("data: [DONE]\n\n")
        .toString();
  }

  private static String event(ObjectNode delta, @org.jspecify.annotations.Nullable String reason) {
    ObjectNode chunk = envelope("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", reason).set("delta", delta);
    return "data: " + chunk + "\n\n";
  }

  private static ObjectNode envelope(String kind) {
    return JSON.createObjectNode()
        .put("id", "chat-1")
        .put("object", kind)
        .put("created", 1)
        .put("model", "scripted");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
