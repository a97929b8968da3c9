package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool of an MCP server. The client is read out of the framework's executor, since that is the
 * one that will be asked: whatever a specification says of itself, its server wrote.
 */
final class McpOrigin extends ToolOrigin {
  private static final Logger log = LoggerFactory.getLogger(TollgateLangChain4j.class);
  private static final PrivateField CLIENT = new PrivateField(McpToolExecutor.class, "mcpClient");
  private static final PrivateField NAME = new PrivateField(McpToolExecutor.class, "fixedToolName");
  private static final PrivateField LISTED =
      new PrivateField(DefaultMcpClient.class, "toolListRefs");
  private static final PrivateField TIMEOUT =
      new PrivateField(DefaultMcpClient.class, "toolExecutionTimeoutErrorMessage");

  /** What LangChain4j names a client that nobody has named, anew at each start. */
  private static final Pattern UNNAMED =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private final McpClient client;
  private final @Nullable String name;
  private final @Nullable String timeout;
  private final @Nullable AtomicReference<?> listed;
  private final @Nullable Object offered;

  private McpOrigin(McpClient client, @Nullable String name) {
    this.client = client;
    this.name = name;
    this.timeout = TIMEOUT.of(client, String.class);
    this.listed =
        client instanceof DefaultMcpClient ? LISTED.of(client, AtomicReference.class) : null;
    this.offered = listed == null ? null : listed.get();
  }

  /** {@code null} for what is no executor of an MCP tool. */
  static @Nullable McpOrigin of(ToolExecutor executor) {
    if (!(executor instanceof McpToolExecutor)) {
      return null;
    }
    McpClient client = CLIENT.of(executor, McpClient.class);
    Optional<?> name = NAME.of(executor, Optional.class);
    return client == null
        ? null
        : new McpOrigin(client, name == null ? null : (String) name.orElse(null));
  }

  /** A tool that is called by its server's name, past every executor. */
  static McpOrigin of(McpClient client, String name) {
    return new McpOrigin(client, name);
  }

  /** The tool as its server lists it; without words and schema if it does not. */
  ToolDefinition definition(String called) {
    ToolSpecification known = find(offered == null ? relisted() : offered, called);
    return known == null
        ? new ToolDefinition(called, "", "", source())
        : ToolDefinitions.of(known, source());
  }

  @Override
  String source() {
    @Nullable String key = client.key();
    return key == null || UNNAMED.matcher(key).matches() ? LANGCHAIN4J : "mcp:" + key;
  }

  @Override
  Tool named(Tool tool) {
    return name == null || name.equals(tool.name()) ? tool : tool.calledAs(name);
  }

  /**
   * Asks the server again only after it has said that its tools changed; else this is a look at
   * what the client holds. A tool that is gone has changed, too. Where the server has said so
   * before anybody looked, the tool must be what was registered.
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // the same list is the common case, and cheap
  Tool asOffered(Tool tool) {
    Object known = listed == null ? null : listed.get();
    if (listed == null || (known == offered && known != null)) {
      return tool;
    }
    String called = name == null ? tool.name() : name;
    ToolSpecification was = find(offered, called);
    if (was == null && offered != null) {
      return tool; // one that the server has never listed cannot change there
    }
    ToolSpecification now = find(known == null ? relisted() : known, called);
    String digest = now == null ? "sha256:gone" : digest(now);
    return digest.equals(was == null ? tool.definitionDigest() : digest(was))
        ? tool
        : tool.pinned(digest);
  }

  /** What it no longer answers, it no longer offers. */
  private @Nullable List<ToolSpecification> relisted() {
    try {
      return client.listTools();
    } catch (RuntimeException e) {
      // Without the message, which the server may have written.
      log.warn(
          "mcp:{} said that its tools changed, and does not list them: {}",
          client.key(),
          e.getClass().getName());
      return null;
    }
  }

  /**
   * The client's own words for it, which only it and its server know. A server that sends them
   * gains nothing: its answer is kept as an error, and its outcome as unknown.
   */
  @Override
  boolean unanswered(ToolExecutionResult result, String text) {
    return !result.isError() && text.equals(timeout);
  }

  private static @Nullable ToolSpecification find(@Nullable Object tools, String name) {
    if (tools instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof ToolSpecification tool && tool.name().equals(name)) {
          return tool;
        }
      }
    }
    return null;
  }

  private static String digest(ToolSpecification tool) {
    return ToolDefinitions.of(tool, LANGCHAIN4J).digest();
  }
}
