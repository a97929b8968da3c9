package dev.tollgate.springai.mcpserver;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.tool.annotation.Tool;
import reactor.core.publisher.Mono;

/** The tools that the servers under test offer, in every way that Spring AI knows. */
public final class ServedTools {
  private ServedTools() {}

  /** A result with two members. */
  public record Account(String name, String iban) {}

  /** {@code @McpTool} methods of a synchronous server. */
  public static final class Methods {
    private final ServedRuns runs;

    public Methods(ServedRuns runs) {
      this.runs = runs;
    }

    @McpTool(description = "Keeps a note.")
    public String note(@McpToolParam(description = "The text") String text) {
      return runs.ran("note", text);
    }

    @McpTool(generateOutputSchema = true)
    public Account account() {
      runs.ran("account", null);
      return new Account("Landlord", "DE02");
    }

    @McpTool
    public CallToolResult picture(CallToolRequest request) {
      runs.ran("picture", request.meta());
      return ServedTools.image();
    }

    @McpTool
    public String fails() {
      runs.ran("fails", null);
      throw new IllegalStateException("no account DE02");
    }
  }

  /** The same for an asynchronous server, which takes no others. */
  public static final class ReactiveMethods {
    private final ServedRuns runs;

    public ReactiveMethods(ServedRuns runs) {
      this.runs = runs;
    }

    @McpTool(description = "Keeps a note.")
    public Mono<String> note(@McpToolParam(description = "The text") String text) {
      return Mono.fromCallable(() -> runs.ran("note", text));
    }

    @McpTool(generateOutputSchema = true)
    public Mono<CallToolResult> account() {
      return Mono.fromCallable(
          () -> {
            runs.ran("account", null);
            return CallToolResult.builder()
                .structuredContent(Map.of("name", "Landlord", "iban", "DE02"))
                .build();
          });
    }

    @McpTool
    public Mono<CallToolResult> picture(CallToolRequest request) {
      return Mono.fromCallable(
          () -> {
            runs.ran("picture", request.meta());
            return ServedTools.image();
          });
    }

    @McpTool
    public Mono<String> fails() {
      return Mono.fromCallable(
          () -> {
            runs.ran("fails", null);
            throw new IllegalStateException("no account DE02");
          });
    }
  }

  /** {@code @Tool} methods, which a server of any kind offers as callbacks. */
  public static final class Callbacks {
    private final ServedRuns runs;

    public Callbacks(ServedRuns runs) {
      this.runs = runs;
    }

    @Tool
    public String send(String to, double amount) {
      return runs.ran("send", to + " " + amount);
    }

    @Tool
    public Account lookup() {
      runs.ran("lookup", null);
      return new Account("Landlord", "DE02");
    }

    @Tool
    public String breaks() {
      runs.ran("breaks", null);
      throw new IllegalStateException("no account DE02");
    }
  }

  private static CallToolResult image() {
    return CallToolResult.builder()
        .content(List.of(ImageContent.builder("AAAA", "image/png").build()))
        .build();
  }
}
