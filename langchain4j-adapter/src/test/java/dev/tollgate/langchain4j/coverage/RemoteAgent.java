package dev.tollgate.langchain4j.coverage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent elsewhere, reached by A2A. The body is what the other side does with a message. */
final class RemoteAgent implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|[0-9]+)");
  private final HttpServer server;
  private final Trial trial;

  private RemoteAgent(Trial trial) throws IOException {
    this.trial = trial;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  static List<Route> routes() {
    return List.of(
        Route.aspect(
            "A2A call",
            (trial, streamed) -> {
              try (RemoteAgent remote = new RemoteAgent(trial)) {
                UntypedAgent agent =
                    AgenticServices.a2aBuilder(remote.url())
                        .inputKeys("topic")
                        .outputKey("text")
                        .build();
                trial.inTask(
                    () -> {
                      trial.arm();
                      return agent.invoke(Map.of("topic", "cats"));
                    });
              }
            }));
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean post = exchange.getRequestMethod().equals("POST");
      byte[] answer = (post ? message(asked) : card()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String card() {
    return """
        {"name":"remote","description":"acts","url":"%s","version":"1","protocolVersion":"0.3.0",
         "capabilities":{"streaming":false},"defaultInputModes":["text"],
         "defaultOutputModes":["text"],"skills":[],"preferredTransport":"JSONRPC"}
        """
        .formatted(url());
  }

  private String message(String asked) {
    Matcher id = ID.matcher(asked);
    return """
        {"jsonrpc":"2.0","id":%s,"result":{"kind":"message","role":"agent","messageId":"m1",
         "parts":[{"kind":"text","text":"%s"}]}}
        """
        .formatted(id.find() ? id.group(1) : "null", trial.body());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
