package dev.tollgate.springai;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An MCP server of Spring AI's, in Tomcat, that remembers what came in over HTTP. */
final class DocsServer implements AutoCloseable {
  /** One request, with what it took along; of no method if it has no body. */
  record Got(
      String method,
      @Nullable String authorization,
      @Nullable String delegation,
      @Nullable String custom) {}

  private static final Pattern METHOD = Pattern.compile("\"method\"\\s*:\\s*\"([^\"]+)\"");

  final List<Got> got = new CopyOnWriteArrayList<>();
  final List<Map<String, Object>> meta = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);
  volatile @Nullable String elsewhere;
  volatile boolean hangs;
  volatile CyclicBarrier together = new CyclicBarrier(1);
  volatile boolean forgets;
  private final ConfigurableApplicationContext application;

  DocsServer(String protocol) {
    application =
        new SpringApplicationBuilder(Config.class)
            .web(WebApplicationType.SERVLET)
            .initializers(context -> context.getBeanFactory().registerSingleton("docsServer", this))
            .run(
                "--server.port=0",
                "--server.shutdown=immediate",
                "--tollgate.enabled=false",
                "--spring.main.banner-mode=off",
                "--spring.ai.mcp.client.enabled=false",
                "--spring.ai.mcp.server.name=the-name-it-chose",
                "--spring.ai.mcp.server.protocol=" + protocol);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Config {
    @Bean
    List<SyncToolSpecification> docsTools(DocsServer server) {
      return List.of(server.tool("search", "Searches the documents."));
    }

    @Bean
    Filter recording(DocsServer server) {
      return (request, response, chain) -> {
        HttpServletRequest http = (HttpServletRequest) request;
        byte[] body = http.getInputStream().readAllBytes();
        String method = server.record(http, new String(body, StandardCharsets.UTF_8));
        String elsewhere = server.elsewhere;
        if (server.forgets && method.equals("tools/call")) {
          server.forgets = false;
          ((HttpServletResponse) response).sendError(404);
        } else if (elsewhere != null && method.equals("tools/call")) {
          ((HttpServletResponse) response).setHeader("Location", elsewhere);
          ((HttpServletResponse) response).setStatus(307);
        } else {
          chain.doFilter(new Read(http, body), response);
        }
      };
    }
  }

  private String record(HttpServletRequest http, String body) {
    Matcher found = METHOD.matcher(body);
    String method = found.find() ? found.group(1) : "";
    got.add(
        new Got(
            method,
            http.getHeader("Authorization"),
            http.getHeader("Txn-Token"),
            http.getHeader("X-Custom")));
    return method;
  }

  SyncToolSpecification tool(String name, String description) {
    return SyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(
                    name,
                    Map.of("type", "object", "properties", Map.of("q", Map.of("type", "string"))))
                .description(description)
                .annotations(McpSchema.ToolAnnotations.builder().readOnlyHint(true).build())
                .build())
        .callHandler(
            (exchange, request) -> {
              meta.add(request.meta() == null ? Map.of() : new HashMap<>(request.meta()));
              if (hangs) {
                try {
                  released.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
              try {
                together.await(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return McpSchema.CallToolResult.builder()
                  .addTextContent(name + " found " + request.arguments().get("q"))
                  .isError(false)
                  .build();
            })
        .build();
  }

  McpSyncServer mcp() {
    return application.getBean(McpSyncServer.class);
  }

  List<Got> calls() {
    return got.stream().filter(one -> one.method().equals("tools/call")).toList();
  }

  List<Got> others() {
    return got.stream().filter(one -> !one.method().equals("tools/call")).toList();
  }

  String origin() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  @Override
  public void close() {
    released.countDown();
    application.close();
  }

  /** A request whose body was read, and can be read again. */
  private static final class Read extends HttpServletRequestWrapper {
    private final byte[] body;

    Read(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream bytes = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public boolean isFinished() {
          return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException();
        }

        @Override
        public int read() {
          return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
          return bytes.read(into, offset, length);
        }
      };
    }
  }
}
