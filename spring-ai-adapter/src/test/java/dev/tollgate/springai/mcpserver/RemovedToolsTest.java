package dev.tollgate.springai.mcpserver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Whoever still holds a tool that a server of any kind has no more cannot run it. */
@Timeout(60)
class RemovedToolsTest {
  private static final String NAME = "late";
  private static final CallToolRequest REQUEST = new CallToolRequest(NAME, Map.of(), null);
  private final ToolGate gate =
      TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();

  private static McpSchema.Tool tool() {
    return McpSchema.Tool.builder(NAME, Map.of("type", "object")).description("A tool.").build();
  }

  private static CallToolResult ran() {
    return CallToolResult.builder().addTextContent("ran").build();
  }

  /** Adds a tool, and gives what calls it past the server. */
  private static Supplier<@Nullable CallToolResult> added(McpServerApp app, ServerKind kind) {
    GuardedMcp guarded = app.context.getBean(GuardedMcp.class);
    switch (kind) {
      case STREAMABLE -> {
        var tool =
            guarded.guard(
                McpServerFeatures.SyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((exchange, request) -> ran())
                    .build());
        guarded.addTool(app.context.getBean(McpSyncServer.class), tool);
        return () -> tool.callHandler().apply(null, REQUEST);
      }
      case STREAMABLE_ASYNC -> {
        var tool =
            guarded.guard(
                McpServerFeatures.AsyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((exchange, request) -> Mono.fromSupplier(RemovedToolsTest::ran))
                    .build());
        guarded.addTool(app.context.getBean(McpAsyncServer.class), tool).block();
        return () -> tool.callHandler().apply(null, REQUEST).block();
      }
      case STATELESS -> {
        var tool =
            guarded.guard(
                McpStatelessServerFeatures.SyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((context, request) -> ran())
                    .build());
        guarded.addTool(app.context.getBean(McpStatelessSyncServer.class), tool);
        return () -> tool.callHandler().apply(McpTransportContext.EMPTY, REQUEST);
      }
      default -> {
        var tool =
            guarded.guard(
                McpStatelessServerFeatures.AsyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((context, request) -> Mono.fromSupplier(RemovedToolsTest::ran))
                    .build());
        guarded.addTool(app.context.getBean(McpStatelessAsyncServer.class), tool).block();
        return () -> tool.callHandler().apply(McpTransportContext.EMPTY, REQUEST).block();
      }
    }
  }

  private static void remove(McpServerApp app, ServerKind kind) {
    GuardedMcp guarded = app.context.getBean(GuardedMcp.class);
    switch (kind) {
      case STREAMABLE -> guarded.removeTool(app.context.getBean(McpSyncServer.class), NAME);
      case STREAMABLE_ASYNC ->
          guarded.removeTool(app.context.getBean(McpAsyncServer.class), NAME).block();
      case STATELESS -> guarded.removeTool(app.context.getBean(McpStatelessSyncServer.class), NAME);
      default ->
          guarded.removeTool(app.context.getBean(McpStatelessAsyncServer.class), NAME).block();
    }
  }

  private static String text(Supplier<@Nullable CallToolResult> call) {
    return McpServerApp.text(requireNonNull(call.get()));
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMABLE", "STREAMABLE_ASYNC", "STATELESS", "STATELESS_ASYNC"})
  void a_tool_that_was_replaced_or_removed_runs_no_more(ServerKind kind) {
    try (McpServerApp app = McpServerApp.start(kind, gate)) {
      Supplier<@Nullable CallToolResult> first = added(app, kind);
      assertThat(text(first)).isEqualTo("ran");
      Supplier<@Nullable CallToolResult> second = added(app, kind);
      assertThat(text(first)).contains("tool_definition_changed");
      assertThat(text(second)).isEqualTo("ran");
      remove(app, kind);
      assertThat(text(second)).contains("tool_definition_changed");
    }
  }
}
