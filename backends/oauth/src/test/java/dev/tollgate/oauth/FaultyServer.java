package dev.tollgate.oauth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A token server that answers what a test tells it to. */
final class FaultyServer implements AutoCloseable {
  static final String AUDIENCE = "crm-api";
  static final String SCOPE = "crm.read";
  static final String SUBJECT = "alice";
  static final String TOKEN_HEAD =
      "{\"token_type\":\"Bearer\",\"expires_in\":60,\"access_token\":\"";

  /** Answers one request. */
  interface Reaction {
    void answer(HttpExchange exchange) throws IOException;
  }

  final ECKey key = Keys.ec("server-1");
  final List<Map<String, List<String>>> tokenRequests = new CopyOnWriteArrayList<>();
  final List<Map<String, List<String>>> actorRequests = new CopyOnWriteArrayList<>();
  final List<String> revoked = new CopyOnWriteArrayList<>();
  final AtomicInteger redirectsFollowed = new AtomicInteger();
  final AtomicInteger metadataReads = new AtomicInteger();
  final AtomicInteger keyReads = new AtomicInteger();
  volatile Reaction token = exchange -> json(exchange, 500, "{}");

  /** Answers an agent that asks for its own token. */
  volatile Reaction actor = exchange -> json(exchange, 500, "{}");

  volatile Reaction revocation = exchange -> exchange.sendResponseHeaders(200, -1);
  volatile Reaction keys;
  volatile @Nullable String metadata;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FaultyServer() {
    keys = exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    on(
        "/token",
        exchange -> {
          Map<String, List<String>> form = form(exchange);
          if (List.of("client_credentials").equals(form.get("grant_type"))) {
            actorRequests.add(form);
            actor.answer(exchange);
          } else {
            tokenRequests.add(form);
            token.answer(exchange);
          }
        });
    on(
        "/revoke",
        exchange -> {
          revoked.add(form(exchange).getOrDefault("token", List.of("")).get(0));
          revocation.answer(exchange);
        });
    on(
        "/jwks",
        exchange -> {
          keyReads.incrementAndGet();
          keys.answer(exchange);
        });
    on(
        "/elsewhere",
        exchange -> {
          redirectsFollowed.incrementAndGet();
          json(exchange, 200, "{}");
        });
    on(
        "/.well-known/oauth-authorization-server",
        exchange -> {
          metadataReads.incrementAndGet();
          String text = metadata;
          json(exchange, text == null ? 404 : 200, text == null ? "{}" : text);
        });
    server.start();
  }

  private void on(String path, Reaction reaction) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            reaction.answer(exchange);
          }
        });
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  String issuer() {
    return at("").toString();
  }

  /** Claims of a token that is exactly what was asked for. */
  String claims() {
    return claims("\"" + AUDIENCE + "\"", "\"" + SCOPE + "\"", 60);
  }

  String claims(String audience, String scope, long lifetime) {
    long now = Instant.now().getEpochSecond();
    return ("{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":%s,\"scope\":%s,\"iat\":%d,\"exp\":%d,"
            + "\"jti\":\"id-1\",\"canary\":\"CANARY-CLAIM\"}")
        .formatted(issuer(), SUBJECT, audience, scope, now, now + lifetime);
  }

  /** Answers with a token, in JSON as a server should. */
  void give(String accessToken) {
    token = exchange -> json(exchange, 200, TOKEN_HEAD + accessToken + "\"}");
  }

  static void json(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "application/json;charset=UTF-8", text);
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, List<String>> form(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return URLUtils.parseParameters(text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
