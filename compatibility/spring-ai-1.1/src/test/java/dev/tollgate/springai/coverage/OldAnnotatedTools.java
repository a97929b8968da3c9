package dev.tollgate.springai.coverage;

import org.springaicommunity.mcp.annotation.McpTool;
import reactor.core.publisher.Mono;

/** What a server serves that knows MCP's annotations, those of Spring AI 1.1. */
public final class OldAnnotatedTools {
  private final Stage stage;

  OldAnnotatedTools(Stage stage) {
    this.stage = stage;
  }

  /** For servers that wait. */
  @McpTool(name = ServedTools.ANNOTATED, description = "Does it")
  public String now(String what) {
    return stage.current().body();
  }

  /** For servers that do not. */
  @McpTool(name = ServedTools.ANNOTATED, description = "Does it")
  public Mono<String> later(String what) {
    return Mono.fromSupplier(() -> stage.current().body());
  }
}
