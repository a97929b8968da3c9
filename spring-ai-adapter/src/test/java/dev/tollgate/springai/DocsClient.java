package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;

import dev.tollgate.ToolGateBuilder;
import dev.tollgate.key.KeySource;
import dev.tollgate.springai.mcp.McpClientAutoConfiguration;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.testkit.TestKeys;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.mcp.client.common.autoconfigure.McpToolCallbackAutoConfiguration;
import org.springframework.ai.mcp.client.httpclient.autoconfigure.SseHttpClientTransportAutoConfiguration;
import org.springframework.ai.mcp.client.httpclient.autoconfigure.StreamableHttpHttpClientTransportAutoConfiguration;
import org.springframework.ai.mcp.client.webflux.autoconfigure.SseWebFluxTransportAutoConfiguration;
import org.springframework.ai.mcp.client.webflux.autoconfigure.StreamableHttpWebFluxTransportAutoConfiguration;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application whose model asks for the one tool of a {@link DocsServer}. */
final class DocsClient {
  final Application app = Application.permitting();
  final KeySource keys = TestKeys.inMemory();
  final CountingIssuer issuer = new CountingIssuer();

  ToolGateBuilder gate(String audience) {
    ListedTool listed =
        new ListedTool(
            "search",
            "mcp:docs",
            Effect.READ,
            Map.of(),
            "docs",
            Sensitivity.INTERNAL,
            ResultTrust.UNTRUSTED,
            null,
            new CredentialNeed(
                "docs", Set.of("read"), URI.create(audience), CredentialNeed.DEFAULT_LIFETIME));
    return TestGates.gate(app.policy, app.audit)
        .keys(keys)
        .manifest(new ToolManifest(List.of(listed)))
        .credentials(issuer, issuer);
  }

  /** With the JDK's HTTP client. */
  @SuppressWarnings("removal") // as long as there are servers that speak SSE
  ApplicationContextRunner client(
      DocsServer server, String protocol, String type, ToolGateBuilder gate) {
    return connected(server, protocol, type, gate)
        .withConfiguration(
            AutoConfigurations.of(
                StreamableHttpHttpClientTransportAutoConfiguration.class,
                SseHttpClientTransportAutoConfiguration.class));
  }

  /** With Spring's WebClient. */
  @SuppressWarnings("removal") // as long as there are servers that speak SSE
  ApplicationContextRunner webClient(
      DocsServer server, String protocol, String type, ToolGateBuilder gate) {
    return connected(server, protocol, type, gate)
        .withConfiguration(
            AutoConfigurations.of(
                StreamableHttpWebFluxTransportAutoConfiguration.class,
                SseWebFluxTransportAutoConfiguration.class));
  }

  private ApplicationContextRunner connected(
      DocsServer server, String protocol, String type, ToolGateBuilder gate) {
    String kind = protocol.equals("SSE") ? "sse" : "streamable-http";
    return app.with(ScriptedModel.asking(tool("1", "search", "{\"q\":\"rates\"}")), gate.build())
        .withConfiguration(
            AutoConfigurations.of(
                McpClientAutoConfiguration.class,
                org.springframework.ai.mcp.client.common.autoconfigure.McpClientAutoConfiguration
                    .class,
                McpToolCallbackAutoConfiguration.class))
        .withPropertyValues(
            "spring.ai.mcp.client.type=" + type,
            "spring.ai.mcp.client.request-timeout=20s",
            "spring.ai.mcp.client." + kind + ".connections.docs.url=" + server.origin());
  }

  static String ask(ApplicationContext context, boolean streamed) {
    return ask(context, streamed, Map.of());
  }

  static ToolCallback[] tools(ApplicationContext context) {
    return context.getBean(ToolCallbackProvider.class).getToolCallbacks();
  }

  static String ask(ApplicationContext context, boolean streamed, Map<String, Object> toolContext) {
    return ask(context, streamed, toolContext, tools(context));
  }

  static String ask(
      ApplicationContext context,
      boolean streamed,
      Map<String, Object> toolContext,
      ToolCallback... tools) {
    ChatClient.ChatClientRequestSpec request =
        Application.client(context)
            .prompt()
            .user("go")
            .tools((Object[]) tools)
            .toolContext(toolContext);
    return String.valueOf(
        streamed ? request.stream().content().blockLast() : request.call().content());
  }

  static void callDirectly(ApplicationContext context) {
    CallToolRequest request =
        CallToolRequest.builder("search").arguments(Map.of("q", "past the gate")).build();
    clients(context, McpSyncClient.class).forEach(client -> client.callTool(request));
    clients(context, McpAsyncClient.class).forEach(client -> client.callTool(request).block());
  }

  static <C> List<C> clients(ApplicationContext context, Class<C> type) {
    return context.getBeansOfType(List.class).values().stream()
        .flatMap(list -> ((List<?>) list).stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
