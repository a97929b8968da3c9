package dev.tollgate.spring.webflux;

import static java.util.Objects.requireNonNull;

import dev.tollgate.ToolGate;
import dev.tollgate.task.Task;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

/**
 * An MCP server on WebFlux with users that sign in, and clients of the SDK that call it over HTTP.
 */
final class McpOffice implements AutoCloseable {
  static final String NAME = "office-server";

  /** Whose work ran, and what it said. */
  record Ran(String tool, String subject, String said, Task task) {}

  final List<Ran> ran = new CopyOnWriteArrayList<>();
  volatile CyclicBarrier together = new CyclicBarrier(1);
  private final String protocol;
  private final ConfigurableApplicationContext context;

  McpOffice(String protocol, String type, ToolGate gate, String... properties) {
    this.protocol = protocol;
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.shutdown=immediate",
                "--spring.main.banner-mode=off",
                "--spring.application.name=" + NAME,
                "--spring.ai.mcp.server.enabled=true",
                "--spring.ai.mcp.server.protocol=" + protocol,
                "--spring.ai.mcp.server.type=" + type,
                "--tollgate.tenant=acme",
                "--tollgate.subject=batch"));
    all.addAll(List.of(properties));
    boolean async = type.equals("ASYNC");
    context =
        new SpringApplicationBuilder(Config.class)
            .web(WebApplicationType.REACTIVE)
            .initializers(
                made -> {
                  GenericApplicationContext beans = (GenericApplicationContext) made;
                  beans.registerBean(
                      ToolGate.class, () -> gate, bean -> bean.setDestroyMethodName(""));
                  if (async) {
                    beans.registerBean(ReactiveTools.class, () -> new ReactiveTools(this));
                  } else {
                    beans.registerBean(Tools.class, () -> new Tools(this));
                  }
                  beans.registerBean(
                      MethodToolCallbackProvider.class,
                      () ->
                          MethodToolCallbackProvider.builder()
                              .toolObjects(new Callbacks(this))
                              .build());
                })
            .run(all.toArray(String[]::new));
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @EnableWebFluxSecurity
  static class Config {
    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
          User.withUsername("alice").password("{noop}password").authorities("user").build(),
          User.withUsername("bob").password("{noop}password").authorities("user").build());
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(all -> all.anyExchange().permitAll())
          .httpBasic(Customizer.withDefaults())
          .csrf(ServerHttpSecurity.CsrfSpec::disable)
          .build();
    }
  }

  private String run(String tool, String said) {
    Task task = requireNonNull(Task.current());
    String subject = requireNonNull(task.caller()).subject();
    ran.add(new Ran(tool, subject, said, task));
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return subject + ": " + said;
  }

  /** Tools of an asynchronous server. */
  record ReactiveTools(McpOffice office) {
    @McpTool(description = "Keeps a note.")
    public Mono<String> note(@McpToolParam(description = "The text") String text) {
      return Mono.fromCallable(() -> office.run("note", text));
    }
  }

  /** Tools of a synchronous server. */
  record Tools(McpOffice office) {
    @McpTool(description = "Keeps a note.")
    public String note(@McpToolParam(description = "The text") String text) {
      return office.run("note", text);
    }
  }

  /** Tools of servers of either kind. */
  record Callbacks(McpOffice office) {
    @Tool
    String send(String text) {
      return office.run("send", text);
    }
  }

  /** Calls a tool. */
  String call(@Nullable String user, String tool, String text) {
    return call(user, tool, text, Map.of(), Map.of());
  }

  /**
   * Calls a tool as a client of its own.
   *
   * @param user who signs in; {@code null} for nobody
   * @return the text of the result
   */
  String call(
      @Nullable String user,
      String tool,
      String text,
      Map<String, Object> meta,
      Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    if (user != null) {
      byte[] said = (user + ":password").getBytes(StandardCharsets.UTF_8);
      all.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(said));
    }
    try (McpSyncClient client =
        McpClient.sync(transport(all)).requestTimeout(Duration.ofSeconds(30)).build()) {
      client.initialize();
      var result = client.callTool(new CallToolRequest(tool, Map.of("text", text), meta));
      return ((TextContent) result.content().get(0)).text();
    }
  }

  @SuppressWarnings("deprecation") // the SSE transport, which servers still offer
  private McpClientTransport transport(Map<String, String> headers) {
    String url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    return protocol.equals("SSE")
        ? HttpClientSseClientTransport.builder(url)
            .httpRequestCustomizer(
                (request, method, endpoint, body, context) -> headers.forEach(request::header))
            .build()
        : HttpClientStreamableHttpTransport.builder(url)
            .httpRequestCustomizer(
                (request, method, endpoint, body, context) -> headers.forEach(request::header))
            .build();
  }

  @Override
  public void close() {
    context.close();
  }
}
