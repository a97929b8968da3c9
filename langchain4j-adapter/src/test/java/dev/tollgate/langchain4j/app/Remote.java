package dev.tollgate.langchain4j.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The framework's own MCP client before a server in this process, and who calls it. */
public final class Remote implements McpTransport {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The arguments that the server's one tool, {@code echo}, ran with. */
  public final List<String> ran = new CopyOnWriteArrayList<>();

  public McpClient client() {
    return DefaultMcpClient.builder().key("files").transport(this).autoHealthCheck(false).build();
  }

  /** As agentic modules call clients: without any invocation. */
  public static ToolExecutionResult call(McpClient client, ToolExecutionRequest request) {
    return client.executeTool(request);
  }

  @Override
  public void start(McpOperationHandler messages) {}

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return answer("{}");
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
    JsonNode asked = JSON.valueToTree(message);
    if (asked.path("method").asText().equals("tools/list")) {
      return answer(
          "{\"tools\":[{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\",\"properties\":{}}}]}");
    }
    ran.add(asked.path("params").path("arguments").toString());
    return answer("{\"content\":[{\"type\":\"text\",\"text\":\"echoed\"}]}");
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
    return executeOperationWithResponse(context.message());
  }

  @Override
  public void executeOperationWithoutResponse(McpClientMessage message) {}

  @Override
  public void executeOperationWithoutResponse(McpCallContext context) {}

  @Override
  public void checkHealth() {}

  @Override
  public void onFailure(Runnable action) {}

  @Override
  public void close() {}

  private static CompletableFuture<JsonNode> answer(String result) {
    try {
      return CompletableFuture.completedFuture(
          JSON.readTree("{\"id\":1,\"result\":" + result + "}"));
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
