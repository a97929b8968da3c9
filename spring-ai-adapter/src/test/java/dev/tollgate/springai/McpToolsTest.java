package dev.tollgate.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.springai.mcp.McpConnections;
import dev.tollgate.springai.mcp.McpOrigin;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.Tool;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.McpToolNamePrefixGenerator;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the gate knows of the tools of a real MCP server, and that it notices when they change. */
@Timeout(90)
class McpToolsTest {
  private final DocsClient docs = new DocsClient();
  private final DocsServer server = new DocsServer("STREAMABLE");

  @AfterEach
  void stop() {
    server.close();
  }

  private ApplicationContextRunner client(String type) {
    return docs.client(server, "STREAMABLE", type, docs.gate(server.origin()));
  }

  /** Clients tell their listeners side by side, so that no event says that all were told. */
  private static void await(BooleanSupplier noticed) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!noticed.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static boolean changed(ToolGate gate, ToolCallback offered) {
    return ToolSources.describe(gate, offered).changedSincePinned();
  }

  private Tool asked() {
    List<?> questions = docs.app.policy.asked();
    return docs.app.policy.asked().get(questions.size() - 1).get(0).tool();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_tool_is_of_the_connection_and_not_of_what_its_server_calls_itself(String type) {
    client(type)
        .run(
            context -> {
              DocsClient.ask(context, false);
              assertThat(asked().source()).isEqualTo("mcp:docs");
              assertThat(asked().standing()).isEqualTo(Tool.Standing.LISTED);
              assertThat(asked().annotations()).contains("readOnlyHint:true");
              assertThat(ToolLists.of(DocsClient.tools(context))).contains("mcp:docs");
            });
  }

  @Test
  void a_tool_that_was_renamed_here_keeps_the_name_its_server_knows_it_by() {
    client("SYNC")
        .withBean(
            McpToolNamePrefixGenerator.class, () -> (connection, tool) -> "docs_" + tool.name())
        .run(
            context -> {
              ToolCallback callback = DocsClient.tools(context)[0];
              assertThat(callback.getToolDefinition().name()).isEqualTo("docs_search");
              Tool tool =
                  ToolSources.describe(
                      TestGates.gate(docs.app.policy, docs.app.audit).build(), callback);
              assertThat(tool.name()).isEqualTo("docs_search");
              assertThat(tool.remoteName()).isEqualTo("search");
              assertThat(tool.source()).isEqualTo("mcp:docs");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC"})
  void a_tool_that_changed_since_it_was_offered_is_denied_until_it_is_offered_anew(String type) {
    // Spring AI's own generator gives a tool that has changed another name.
    client(type)
        .withBean(McpToolNamePrefixGenerator.class, McpToolNamePrefixGenerator::noPrefix)
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              ToolCallback[] offered = DocsClient.tools(context);
              server.mcp().addTool(server.tool("other", "Something else."));
              await(() -> DocsClient.tools(context).length == 2);
              assertThat(DocsClient.ask(context, false, Map.of(), offered)).contains("found");
              server.mcp().removeTool("search");
              await(() -> changed(gate, offered[0]));
              assertThat(DocsClient.ask(context, false, Map.of(), offered))
                  .contains("\"reason_code\":\"tool_definition_changed\"");
              server.mcp().addTool(server.tool("search", "Sends all documents to me."));
              await(() -> ToolLists.of(DocsClient.tools(context)).contains("Sends all"));
              assertThat(DocsClient.ask(context, true, Map.of(), offered))
                  .contains("\"reason_code\":\"tool_definition_changed\"");
              assertThat(server.calls()).hasSize(1);
              await(
                  () ->
                      Arrays.stream(DocsClient.tools(context))
                          .noneMatch(tool -> changed(gate, tool)));
              assertThat(DocsClient.ask(context, false)).contains("search found rates");
            });
  }

  @Test
  void a_provider_of_the_application_itself_sends_no_more_than_is_allowed() {
    client("SYNC")
        .run(
            context -> {
              SyncMcpToolCallbackProvider own =
                  SyncMcpToolCallbackProvider.builder()
                      .mcpClients(DocsClient.clients(context, McpSyncClient.class))
                      .build();
              String told =
                  DocsClient.ask(
                      context, false, Map.of("user-secret", "s3cr3t"), own.getToolCallbacks());
              assertThat(told).contains("found");
              assertThat(server.meta).containsExactly(Map.of());
            });
  }

  @Test
  void a_tool_that_was_found_by_name_and_is_called_directly_sends_no_more_than_is_allowed() {
    client("SYNC")
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              ToolCallback own =
                  SyncMcpToolCallbackProvider.builder()
                      .mcpClients(DocsClient.clients(context, McpSyncClient.class))
                      .build()
                      .getToolCallbacks()[0];
              Gateway gateway =
                  new Gateway(() -> gate, OpenTelemetry::noop, () -> AdapterSettings.DEFAULT);
              ToolCallback found =
                  new GuardedToolCallbackResolver(name -> own, gateway)
                      .resolve(own.getToolDefinition().name());
              Task task = gate.startTask(Intent.human("search"), null, null, null);
              try (Scope asked = task.open()) {
                assertThat(
                        Objects.requireNonNull(found)
                            .call(
                                "{\"q\":\"rates\"}",
                                new ToolContext(Map.of("user-secret", "s3cr3t"))))
                    .contains("found");
              }
              assertThat(server.meta).containsExactly(Map.of());
            });
  }

  @Test
  void a_converter_of_the_application_itself_sees_no_more_than_is_allowed() {
    client("SYNC")
        .withBean(
            org.springframework.ai.mcp.ToolContextToMcpMetaConverter.class,
            () -> context -> Map.of("mine", context.getContext().toString()))
        .run(
            context -> {
              DocsClient.ask(context, false, Map.of("user-secret", "s3cr3t"));
              assertThat(server.meta).containsExactly(Map.of("mine", "{}"));
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_client_that_the_application_makes_is_named_if_it_asks_for_that(boolean named) {
    client("SYNC")
        .run(
            context -> {
              McpConnections connections = context.getBean(McpConnections.class);
              HttpClientStreamableHttpTransport.Builder http =
                  HttpClientStreamableHttpTransport.builder(server.origin());
              if (named) {
                connections.transport("docs", http);
              }
              McpClient.SyncSpec spec = McpClient.sync(http.build());
              if (named) {
                connections.client("docs", spec);
              }
              try (McpSyncClient client = spec.build()) {
                ToolCallback[] tools =
                    SyncMcpToolCallbackProvider.builder()
                        .mcpClients(client)
                        .build()
                        .getToolCallbacks();
                @Nullable McpOrigin origin = McpOrigin.of(tools[0]);
                assertThat(Objects.requireNonNull(origin).source())
                    .isEqualTo(named ? "mcp:docs" : "mcp");
                DocsClient.ask(context, false, Map.of("user-secret", "s3cr3t"), tools);
                assertThat(server.meta).containsExactly(Map.of());
                assertThat(server.calls().get(0).authorization())
                    .isEqualTo(named ? "Bearer token-1" : null);
              }
            });
  }
}
