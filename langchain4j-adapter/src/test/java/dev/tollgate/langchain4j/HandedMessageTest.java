package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.a2a.HandedMessage;
import dev.tollgate.langchain4j.a2a.ReceivedMessage;
import dev.tollgate.langchain4j.delegate.Delegate;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.a2a.A2A;
import io.a2a.client.Client;
import io.a2a.client.ClientEvent;
import io.a2a.client.MessageEvent;
import io.a2a.client.config.ClientConfig;
import io.a2a.client.transport.jsonrpc.JSONRPCTransport;
import io.a2a.client.transport.jsonrpc.JSONRPCTransportConfig;
import io.a2a.spec.AgentCard;
import io.a2a.spec.Message;
import io.a2a.spec.TextPart;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that is handed to an agent behind an A2A server. */
@Timeout(30)
class HandedMessageTest {
  private static final AgentIdentity WORKER = AgentIdentity.of("worker");

  @Delegate(to = "worker", tools = "send")
  interface Worker {}

  interface Undeclared {}

  private final Office office = new Office();

  private static Message message() {
    return new Message.Builder()
        .role(Message.Role.USER)
        .messageId("m1")
        .parts(List.of(new TextPart("work")))
        .metadata(Map.of("own", "kept"))
        .build();
  }

  private static Task asked(Gated gated) {
    return gated.gate.startTask(Intent.human("cats"), null, Waiting.ALICE, null);
  }

  private void works(Task task) {
    try (Scope scope = task.open()) {
      Chats.ask(
          false,
          ScriptedModel.plays(
              ScriptedModel.asks(
                  ScriptedModel.call("1", "send", Agents.SEND),
                  ScriptedModel.call("2", "delete", Agents.DELETE)),
              dev.langchain4j.data.message.AiMessage.from("done")),
          office);
    }
  }

  private static HandedMessage handed(Gated gated) {
    try (Scope scope = asked(gated).open()) {
      return HandedMessage.of(gated.gate, Worker.class, message());
    }
  }

  @Test
  void handsOnWhatTheInterfaceDeclares() {
    try (Gated gated = Gated.permitting()) {
      HandedMessage handed = handed(gated);
      assertThat(handed.message().getMetadata()).containsEntry("own", "kept").hasSize(2);
      Task task =
          ReceivedMessage.task(
              gated.gate.delegations(), handed.message(), Map.of(), Waiting.ALICE, WORKER);
      works(task);
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.reasons()).containsExactly("", "delegation_tool");
      assertThat(gated.proposed()).allMatch(p -> p.agent().equals("worker"));
    }
  }

  @Test
  void isAcceptedOnce() {
    try (Gated gated = Gated.permitting()) {
      HandedMessage handed = handed(gated);
      for (int i = 0; i < 2; i++) {
        works(
            ReceivedMessage.task(
                gated.gate.delegations(), handed.message(), Map.of(), Waiting.ALICE, WORKER));
      }
      assertThat(gated.reasons())
          .containsExactly("", "delegation_tool", "delegation_replayed", "delegation_replayed");
    }
  }

  @Test
  void doesNothingWhereNothingCameAlong() {
    try (Gated gated = Gated.permitting()) {
      HandedMessage handed;
      try (Scope scope = asked(gated).open()) {
        handed = HandedMessage.of(gated.gate, Undeclared.class, message());
      }
      assertThat(handed.context()).isNull();
      works(
          ReceivedMessage.task(
              gated.gate.delegations(), handed.message(), Map.of(), Waiting.ALICE, WORKER));
      assertThat(gated.reasons()).containsOnly("delegation_forged");
      assertThat(office.ran).isEmpty();
    }
  }

  @Test
  void isNotSentWithoutATaskToHandOn() {
    try (Gated gated = Gated.permitting()) {
      assertThatThrownBy(() -> HandedMessage.of(gated.gate, Worker.class, message()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no task");
    }
  }

  /** A server that accepts what its requests' header says, and what their message says. */
  @Test
  void reachesAServerAsAHeaderAndInTheMetadata() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    CompletableFuture<String> header = new CompletableFuture<>();
    CompletableFuture<String> body = new CompletableFuture<>();
    server.createContext("/.well-known/", exchange -> answer(exchange, card(url)));
    server.createContext(
        "/",
        exchange -> {
          header.complete(exchange.getRequestHeaders().getFirst(DelegationText.HEADER));
          body.complete(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(
              exchange,
              "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"kind\":\"message\",\"role\":"
                  + "\"agent\",\"messageId\":\"m2\",\"parts\":"
                  + "[{\"kind\":\"text\",\"text\":\"worked\"}]}}");
        });
    server.start();
    try (Gated gated = Gated.permitting()) {
      AgentCard card = A2A.getAgentCard(url);
      Client client =
          Client.builder(card)
              .clientConfig(new ClientConfig.Builder().setStreaming(false).build())
              .withTransport(JSONRPCTransport.class, new JSONRPCTransportConfig())
              .build();
      CompletableFuture<ClientEvent> answered = new CompletableFuture<>();
      List<BiConsumer<ClientEvent, AgentCard>> consumers =
          List.of((event, from) -> answered.complete(event));
      HandedMessage handed = handed(gated);
      client.sendMessage(
          handed.message(), consumers, answered::completeExceptionally, handed.context());

      assertThat(answered.get(20, TimeUnit.SECONDS)).isInstanceOf(MessageEvent.class);
      String signed = header.get(20, TimeUnit.SECONDS);
      assertThat(body.get(20, TimeUnit.SECONDS)).contains(DelegationText.METADATA, signed);
      Task task =
          ReceivedMessage.task(
              gated.gate.delegations(),
              message(),
              Map.of(DelegationText.HEADER, signed),
              Waiting.ALICE,
              WORKER);
      works(task);
      assertThat(office.ran).containsExactly("send bob: x");
    } finally {
      server.stop(0);
    }
  }

  private static String card(String url) {
    return "{\"name\":\"w\",\"description\":\"works\",\"url\":\""
        + url
        + "\",\"version\":\"1\",\"protocolVersion\":\"0.3.0\",\"preferredTransport\":\"JSONRPC\","
        + "\"capabilities\":{\"streaming\":false,\"pushNotifications\":false,"
        + "\"stateTransitionHistory\":false},\"defaultInputModes\":[\"text\"],"
        + "\"defaultOutputModes\":[\"text\"],\"skills\":[]}";
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
