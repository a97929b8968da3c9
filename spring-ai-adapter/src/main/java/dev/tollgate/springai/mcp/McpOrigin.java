package dev.tollgate.springai.mcp;

import dev.tollgate.ToolResult;
import dev.tollgate.tool.AnnotatedEffect;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.ai.tool.ToolCallback;

/**
 * A tool of an MCP server. Client and tool are read out of the framework's callback, since those
 * are what will be asked: whatever the server says of itself, it chose. For the adapter, not for
 * applications. Thread-safe.
 */
public final class McpOrigin {
  /** The source of tools whose client nobody has named. */
  private static final String UNNAMED = "mcp";

  private final ToolCallback callback;
  private final McpSchema.@Nullable Tool listed;
  private final @Nullable Connection connection;

  private McpOrigin(
      ToolCallback callback, McpSchema.@Nullable Tool listed, @Nullable Connection connection) {
    this.callback = callback;
    this.listed = listed;
    this.connection = connection;
  }

  /** {@code null} for what is no callback of Spring AI's MCP client. */
  public static @Nullable McpOrigin of(ToolCallback callback) {
    return McpFields.isMcp(callback)
        ? new McpOrigin(
            callback, McpFields.tool(callback), NamedClients.of(McpFields.introduction(callback)))
        : null;
  }

  /** As manifests name it. */
  public String source() {
    return connection == null ? UNNAMED : "mcp:" + connection.name();
  }

  /** The hints its server gave, as a definition has them. */
  public Set<String> annotations() {
    return listed == null ? Set.of() : hints(listed);
  }

  /** The tool with the name its server knows it by; pinned to another digest if it has changed. */
  public Tool asOffered(Tool tool) {
    Tool named =
        listed == null || listed.name().equals(tool.name()) ? tool : tool.calledAs(listed.name());
    Map<String, McpSchema.Tool> announced =
        connection == null ? null : connection.announced(() -> McpFields.list(callback));
    if (announced == null || listed == null) {
      return named;
    }
    McpSchema.Tool now = announced.get(listed.name());
    if (listed.equals(now)) {
      return named;
    }
    String digest = now == null ? "sha256:gone" : digest(tool.name(), now);
    return digest.equals(tool.definitionDigest()) ? named : named.pinned(digest);
  }

  private String digest(String name, McpSchema.Tool now) {
    var definition = McpToolUtils.createToolDefinition(name, now);
    return new ToolDefinition(
            name, definition.description(), definition.inputSchema(), source(), hints(now))
        .digest();
  }

  /**
   * Runs the tool, inside the gate, with what may go along.
   *
   * @param run the callback, or what wraps it
   * @return what it returned; where the server did not answer in time, with the exception that
   *     Spring AI made of it as carrier, to be thrown again
   */
  public ToolResult call(ToolCallback run, String arguments, @Nullable ToolContext context) {
    Handed handed = connection == null ? null : connection.delegated();
    AllowedMeta allowed = connection == null ? AllowedMeta.NONE : connection.meta();
    ToolContext seen = allowed.context(context, handed == null ? null : handed.delegation());
    try (Handed.During delegated = Handed.during(handed);
        ReactiveCall carried = ReactiveCall.carry(connection)) {
      @Nullable String text = run.call(arguments, seen);
      return ToolResult.returned(text == null ? "" : text);
    } catch (RuntimeException e) {
      if (timedOut(e)) {
        return new ToolResult.Returned("the server did not answer in time", true, e, true);
      }
      throw e;
    }
  }

  /** The client's own exception: no answer of a server becomes one. */
  private static boolean timedOut(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof TimeoutException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static Set<String> hints(McpSchema.Tool tool) {
    Set<String> found = new TreeSet<>();
    McpSchema.@Nullable ToolAnnotations said = tool.annotations();
    if (said != null) {
      add(found, AnnotatedEffect.READ_ONLY, said.readOnlyHint());
      add(found, AnnotatedEffect.DESTRUCTIVE, said.destructiveHint());
      add(found, "idempotentHint", said.idempotentHint());
      add(found, "openWorldHint", said.openWorldHint());
    }
    return found;
  }

  private static void add(Set<String> found, String hint, @Nullable Boolean value) {
    if (value != null) {
      found.add(hint + ":" + value);
    }
  }
}
