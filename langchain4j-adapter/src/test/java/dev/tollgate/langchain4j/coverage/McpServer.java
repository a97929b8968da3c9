package dev.tollgate.langchain4j.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.util.concurrent.CompletableFuture;

/** An MCP server with one tool and one resource, behind a transport that needs no process. */
final class McpServer implements McpTransport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Trial trial;

  McpServer(Trial trial) {
    this.trial = trial;
  }

  @Override
  public void start(McpOperationHandler handler) {}

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return executeOperationWithResponse(request);
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
    return executeOperationWithResponse(context.message());
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage request) {
    try {
      JsonNode asked = JSON.valueToTree(request);
      String answer =
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
              .formatted(asked.get("id"), result(asked.get("method").asText()));
      return CompletableFuture.completedFuture(JSON.readTree(answer));
    } catch (JsonProcessingException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private String result(String method) {
    return switch (method) {
      case "initialize" ->
          """
          {"protocolVersion":"2025-06-18","capabilities":{"tools":{},"resources":{}},
           "serverInfo":{"name":"coverage","version":"1"}}
          """;
      case "tools/list" ->
          """
          {"tools":[{"name":"act","description":"Does it","inputSchema":
            {"type":"object","properties":{"what":{"type":"string"}}}}]}
          """;
      case "tools/call" -> "{\"content\":[{\"type\":\"text\",\"text\":\"" + trial.body() + "\"}]}";
      case "resources/list" -> "{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"a\"}]}";
      case "resources/templates/list" -> "{\"resourceTemplates\":[]}";
      case "resources/read" ->
          "{\"contents\":[{\"uri\":\"file:///a\",\"text\":\"" + trial.body() + "\"}]}";
      default -> "{}";
    };
  }

  @Override
  public void executeOperationWithoutResponse(McpClientMessage request) {}

  @Override
  public void executeOperationWithoutResponse(McpCallContext context) {}

  @Override
  public void checkHealth() {}

  @Override
  public void onFailure(Runnable actionOnFailure) {}

  @Override
  public void close() {}
}
