package dev.tollgate.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The server's side of MCP, as much of it as the tests need: over HTTP, or as a child process. */
final class McpPeer {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String TEXT_ARGUMENT =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

  /** Every message that came, in order. */
  final List<JsonNode> received = new CopyOnWriteArrayList<>();

  /** Name and description of each tool. */
  final Map<String, String> tools = new ConcurrentHashMap<>();

  /** Said along with the next answer, once. */
  private final List<String> notifications = new CopyOnWriteArrayList<>();

  volatile String schema = TEXT_ARGUMENT;
  volatile String annotations = "{}";
  volatile String answers = "[{\"type\":\"text\",\"text\":\"done\"}]";

  McpPeer(String... names) {
    for (String name : names) {
      tools.put(name, "does " + name);
    }
  }

  /** From now on the server has other tools, and says so with its next answer. */
  void changes(Runnable change) {
    change.run();
    notifications.add("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
  }

  List<JsonNode> received(String method) {
    return received.stream().filter(one -> one.path("method").asText().equals(method)).toList();
  }

  List<String> called() {
    return received("tools/call").stream().map(one -> one.at("/params/name").asText()).toList();
  }

  /** What it says to a message: nothing to a notification, nor to what its tool "slow" is asked. */
  List<String> answer(String line) throws IOException {
    JsonNode message = JSON.readTree(line);
    received.add(message);
    List<String> said = new ArrayList<>(notifications);
    notifications.clear();
    String result = message.has("id") ? result(message) : null;
    if (result != null) {
      String key = result.startsWith("!") ? "error" : "result";
      said.add(
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"%s\":%s}"
              .formatted(message.get("id"), key, result.replaceFirst("^!", "")));
    }
    return said;
  }

  private @Nullable String result(JsonNode message) {
    return switch (message.path("method").asText()) {
      case "initialize" ->
          "{\"protocolVersion\":\"2025-06-18\",\"serverInfo\":{\"name\":\"peer\",\"version\":\"1\"},"
              + "\"capabilities\":{\"tools\":{\"listChanged\":true},\"resources\":{}}}";
      case "tools/list" -> "{\"tools\":" + list() + "}";
      case "tools/call" -> call(message.at("/params/name").asText());
      case "resources/list" ->
          "{\"resources\":[{\"uri\":\"file:///plan\",\"name\":\"plan\",\"mimeType\":\"text/plain\"}]}";
      case "resources/templates/list" -> "{\"resourceTemplates\":[]}";
      case "resources/read" -> "{\"contents\":[{\"uri\":\"file:///plan\",\"text\":\"the plan\"}]}";
      default -> "{}";
    };
  }

  private @Nullable String call(String name) {
    if (name.startsWith("slow")) {
      return null;
    }
    return tools.containsKey(name)
        ? "{\"content\":" + answers + "}"
        : "!{\"code\":-32602,\"message\":\"Unknown tool\"}";
  }

  private String list() {
    List<String> all = new ArrayList<>();
    tools.forEach(
        (name, description) -> {
          ObjectNode tool = JSON.createObjectNode().put("name", name);
          tool.put("description", description);
          try {
            tool.set("inputSchema", JSON.readTree(schema));
            tool.set("annotations", JSON.readTree(annotations));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          all.add(tool.toString());
        });
    return all.toString();
  }

  /** As a child process: answers on standard output, and writes down what it got. */
  public static void main(String[] arguments) throws IOException {
    Path got = Path.of(arguments[0]);
    McpPeer peer = new McpPeer("echo", "slow");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Files.writeString(got, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      for (String said : peer.answer(line)) {
        System.out.println(said);
      }
    }
  }
}
