package dev.tollgate.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.ModelEndpoint;
import dev.tollgate.demo.world.DemoFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both frameworks' real clients, against a server that speaks OpenAI's protocol and always reads
 * the inbox.
 */
class RealModelTest {
  private static final String CALL =
      "\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
          + "\"function\":{\"name\":\"mail_inbox\",\"arguments\":\"{}\"}}]";
  private final AtomicInteger requests = new AtomicInteger();

  @TempDir Path temp;

  @Test
  void aRealModelsCallsPassTheGate() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      boolean good =
          new ScenarioPlayer(
                  new PrintStream(screen, true, StandardCharsets.UTF_8),
                  DemoFolder.fresh(temp.resolve("demo")),
                  AgentLoops.FRAMEWORKS,
                  new ScenarioPlayer.Witness() {},
                  ModelEndpoint.of(url, "any"))
              .play();
      String shown = screen.toString(StandardCharsets.UTF_8);
      assertThat(good).as(shown).isTrue();
      assertThat(shown).containsPattern("✔ +langchain4j +office-agent +mail_inbox +permit");
      assertThat(shown).containsPattern("✔ +spring-ai +office-agent +mail_inbox +permit");
      assertThat(requests.get()).isGreaterThan(40);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  /** Calls the tool first, and says a word once it has seen a result. */
  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String request =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("\\s*([:,{}\\[\\]])\\s*", "$1");
    boolean done = request.contains("\"role\":\"tool\"");
    boolean stream = request.contains("\"stream\":true");
    String message = done ? "\"content\":\"Done.\"" : "\"content\":null," + CALL;
    String finish = done ? "stop" : "tool_calls";
    String choice =
        "{\"index\":0,\"%s\":{\"role\":\"assistant\",%s},\"finish_reason\":\"%s\"}"
            .formatted(stream ? "delta" : "message", message, finish);
    String body =
        "{\"id\":\"1\",\"object\":\"%s\",\"created\":1,\"model\":\"any\",\"choices\":[%s]}"
            .formatted(stream ? "chat.completion.chunk" : "chat.completion", choice);
    byte[] bytes =
        (stream ? "data: " + body + "\n\ndata: [DONE]\n\n" : body).getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", stream ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
