package dev.tollgate.springai.mcp;

import dev.tollgate.delegation.DelegationText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.ToolContextToMcpMetaConverter;

/**
 * What of a tool context may reach a server as {@code _meta}. Spring AI's own converter sends all
 * of it to every server. Immutable.
 */
final class AllowedMeta implements ToolContextToMcpMetaConverter {
  /** MCP's own: without it a server reports no progress. */
  private static final String PROGRESS = "progressToken";

  /** What Spring AI keeps there for itself: this application's own client, and the conversation. */
  private static final Set<String> NEVER = Set.of("exchange", "TOOL_CALL_HISTORY");

  /** For clients of whose server nothing is known. */
  static final AllowedMeta NONE = new AllowedMeta("");

  private final Set<String> keys;

  /**
   * @param keys names of entries, with commas between them
   */
  AllowedMeta(String keys) {
    Set<String> allowed = new TreeSet<>(Set.of(PROGRESS));
    for (String key : keys.split(",", -1)) {
      if (!key.isBlank()) {
        allowed.add(key.strip());
      }
    }
    allowed.removeAll(NEVER);
    this.keys = Set.copyOf(allowed);
  }

  /** For calls past the gate, too; a delegation is only there if the gate has put it there. */
  @Override
  public Map<String, Object> convert(@Nullable ToolContext context) {
    Map<String, Object> sent = of(context);
    Object delegation = context == null ? null : context.getContext().get(DelegationText.METADATA);
    if (delegation != null) {
      sent.put(DelegationText.METADATA, delegation);
    }
    return sent;
  }

  /**
   * The context that a callback gets to see, so that no converter can send more.
   *
   * @param delegation what is handed on with this call, if anything is
   */
  @Nullable ToolContext context(@Nullable ToolContext context, @Nullable String delegation) {
    if (context == null && delegation == null) {
      return null;
    }
    Map<String, Object> sent = of(context);
    if (delegation != null) {
      sent.put(DelegationText.METADATA, delegation);
    }
    return new ToolContext(sent);
  }

  private Map<String, Object> of(@Nullable ToolContext context) {
    Map<String, Object> found = new HashMap<>();
    if (context != null) {
      context
          .getContext()
          .forEach(
              (key, value) -> {
                if (value != null && keys.contains(key)) {
                  found.put(key, value);
                }
              });
    }
    return found;
  }
}
