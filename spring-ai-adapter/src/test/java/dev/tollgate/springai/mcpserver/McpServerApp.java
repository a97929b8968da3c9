package dev.tollgate.springai.mcpserver;

import dev.tollgate.ToolGate;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application that is an MCP server, with Spring AI's starter on Tomcat, and the SDK's client
 * that calls it over HTTP.
 */
public final class McpServerApp implements AutoCloseable {
  /** Who the server is as an agent. */
  public static final String NAME = "office-server";

  public final ServedRuns runs;
  public final ConfigurableApplicationContext context;
  private final ServerKind kind;
  private final List<McpSyncClient> clients = new ArrayList<>();

  /** Any bean that an application may have. */
  public record Extra(Class<?> type, Object bean) {}

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Boot {}

  private McpServerApp(ServerKind kind, ServedRuns runs, ConfigurableApplicationContext context) {
    this.kind = kind;
    this.runs = runs;
    this.context = context;
  }

  /** Starts a server with all {@link ServedTools}, on a port of its own. */
  public static McpServerApp start(ServerKind kind, ToolGate gate, Extra... extras) {
    return start(kind, gate, List.of(), extras);
  }

  /** With more properties. */
  public static McpServerApp start(
      ServerKind kind, ToolGate gate, List<String> properties, Extra... extras) {
    ServedRuns runs = new ServedRuns();
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "server.shutdown=immediate",
                "spring.main.banner-mode=off",
                "spring.application.name=" + NAME,
                "spring.ai.mcp.client.enabled=false",
                "spring.ai.mcp.server.protocol=" + kind.protocol,
                "spring.ai.mcp.server.type=" + kind.type));
    all.addAll(properties);
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Boot.class)
            .properties(all.toArray(String[]::new))
            .initializers(
                made -> {
                  GenericApplicationContext beans = (GenericApplicationContext) made;
                  beans.registerBean(ToolGate.class, () -> gate);
                  if (kind.async()) {
                    beans.registerBean(
                        ServedTools.ReactiveMethods.class,
                        () -> new ServedTools.ReactiveMethods(runs));
                  } else {
                    beans.registerBean(
                        ServedTools.Methods.class, () -> new ServedTools.Methods(runs));
                  }
                  beans.registerBean(
                      MethodToolCallbackProvider.class,
                      () ->
                          MethodToolCallbackProvider.builder()
                              .toolObjects(new ServedTools.Callbacks(runs))
                              .build());
                  for (Extra extra : extras) {
                    register(beans, extra);
                  }
                })
            .run();
    return new McpServerApp(kind, runs, context);
  }

  @SuppressWarnings("unchecked")
  private static void register(GenericApplicationContext beans, Extra extra) {
    beans.registerBean((Class<Object>) extra.type(), () -> extra.bean());
  }

  /** {@code http://localhost} and the port. */
  public String url() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** A client that is connected, and sends these headers with each request. */
  public McpSyncClient client(Map<String, String> headers) {
    // Of a hundred SSE connections one never hears the answer to initialize, without a gate too.
    for (int left = kind.protocol.equals("SSE") ? 5 : 0; ; left--) {
      McpSyncClient client =
          McpClient.sync(transport(headers))
              .initializationTimeout(Duration.ofSeconds(left == 0 ? 20 : 4))
              .build();
      clients.add(client);
      try {
        client.initialize();
        return client;
      } catch (RuntimeException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  @SuppressWarnings("deprecation") // the SSE transport, which servers still offer
  private McpClientTransport transport(Map<String, String> headers) {
    return kind.protocol.equals("SSE")
        ? HttpClientSseClientTransport.builder(url())
            .httpRequestCustomizer(
                (request, method, endpoint, body, context) -> headers.forEach(request::header))
            .build()
        : HttpClientStreamableHttpTransport.builder(url())
            .httpRequestCustomizer(
                (request, method, endpoint, body, context) -> headers.forEach(request::header))
            .build();
  }

  /** Calls a tool as a client that sends nothing else. */
  public CallToolResult call(String tool, Map<String, Object> arguments) {
    return call(tool, arguments, Map.of(), Map.of());
  }

  /** Calls a tool. */
  public CallToolResult call(
      String tool,
      Map<String, Object> arguments,
      Map<String, Object> meta,
      Map<String, String> headers) {
    return client(headers).callTool(new CallToolRequest(tool, arguments, meta));
  }

  /** The one text of a result. */
  public static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  @Override
  public void close() {
    clients.forEach(McpSyncClient::close);
    context.close();
  }
}
