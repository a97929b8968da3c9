package dev.tollgate.springai.mcpserver;

import dev.tollgate.spring.CallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import io.modelcontextprotocol.common.McpTransportContext;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the runtime knows of a request, on the thread that it arrived on.
 *
 * @param authentic false if to ask who calls has failed; then nobody may stand in
 * @param caller who calls; {@code null} leaves it to the gate
 * @param headers of the delegation, if it came as a header
 * @param context the trace that the request belongs to, and what else is open here
 */
record Arrival(
    boolean authentic, @Nullable Caller caller, Map<String, Object> headers, Context context) {
  private static final Logger log = LoggerFactory.getLogger(Arrival.class);

  /**
   * @param callers gives who says who calls, {@code null} where nobody does
   */
  static Arrival here(
      Supplier<@Nullable CallerSource> callers, @Nullable McpTransportContext transport) {
    Map<String, Object> headers = RequestHeaders.here(transport);
    Context context = Context.current();
    // What the application has opened comes first, as in a chat.
    if (Caller.current() != null) {
      return new Arrival(true, null, headers, context);
    }
    try {
      CallerSource source = callers.get();
      Caller caller = source == null ? null : source.current();
      return new Arrival(true, caller, headers, context);
    } catch (RuntimeException e) {
      return new Arrival(true, null, headers, context).unreadable(e);
    }
  }

  /** The same, of this caller. */
  Arrival by(Caller known) {
    return new Arrival(true, known, headers, context);
  }

  /** The same, of nobody: its call is denied. */
  Arrival ofNobody() {
    return new Arrival(false, null, headers, context);
  }

  Arrival unreadable(Exception why) {
    if (!(why instanceof NotSignedInException)) { // which anybody can be, as often as they like
      log.error("an MCP client's identity could not be read: {}", why.getClass().getName());
    }
    return ofNobody();
  }
}
