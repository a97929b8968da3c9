package dev.tollgate.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real server: answers with its name, or redirects to wherever the query says. */
final class Site implements AutoCloseable {
  record Seen(String method, String uri, Headers headers, String body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Site(String name, String address, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String uri = exchange.getRequestURI().toString();
          seen.add(new Seen(exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), body));
          byte[] answer = name.getBytes(StandardCharsets.UTF_8);
          int to = uri.indexOf("?to=");
          int code = 200;
          if (uri.equals("/loop")) {
            code = 302;
            exchange.getResponseHeaders().add("Location", "/loop");
          }
          if (to >= 0) {
            code = Integer.parseInt(uri.substring(1, 4));
            exchange.getResponseHeaders().add("Location", decoded(uri.substring(to + 4)));
          }
          boolean empty = code == 304;
          exchange.sendResponseHeaders(code, empty ? -1 : answer.length);
          if (!empty) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
  }

  Site(String name) throws IOException {
    this(name, "127.0.0.1", 0);
  }

  private static String decoded(String location) {
    return URLDecoder.decode(location, StandardCharsets.UTF_8);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String at(String host) {
    return "http://" + host + ":" + port();
  }

  /** A URL here that redirects. */
  String redirect(String host, int code, String to) {
    return at(host) + "/" + code + "?to=" + to;
  }

  List<Seen> seen() {
    return seen;
  }

  @Nullable String header(int request, String name) {
    return seen.get(request).headers().getFirst(name);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
