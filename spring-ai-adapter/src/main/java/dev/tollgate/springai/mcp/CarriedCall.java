package dev.tollgate.springai.mcp;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.destination.ConnectionCheck;
import io.modelcontextprotocol.common.McpTransportContext;
import org.jspecify.annotations.Nullable;

/**
 * A call of the gate on its way to a server. Requests are made on whatever thread the client works
 * on: so the call travels in the context that the client carries along with a request.
 */
final class CarriedCall implements McpTransportContext {
  private static final String KEY_OF_CALL = "tollgate.call";

  private final McpTransportContext outer;
  private final @Nullable ConnectionCheck call = ConnectionCheck.current().orElse(null);
  private final @Nullable CallCredential credential = CallCredential.current().orElse(null);
  private final @Nullable String delegation;

  private CarriedCall(McpTransportContext outer, @Nullable String delegation) {
    this.outer = outer;
    this.delegation = delegation;
  }

  /**
   * The call that runs here, on top of what the application carries itself; only the latter where
   * there is nothing to take along.
   *
   * @param connection whose requests it is for; {@code null} if nobody named it
   */
  static McpTransportContext here(McpTransportContext outer, @Nullable Connection connection) {
    CarriedCall carried = new CarriedCall(outer, Handed.to(connection));
    return carried.credential == null && carried.delegation == null ? outer : carried;
  }

  /** The call that a request belongs to; {@code null} also if it has ended. */
  static @Nullable CarriedCall in(@Nullable McpTransportContext context) {
    return context != null
            && context.get(KEY_OF_CALL) instanceof CarriedCall carried
            && (carried.call == null || !carried.call.ended())
        ? carried
        : null;
  }

  /** The credential of the call, which is of no use any more once that has ended. */
  @Nullable CallCredential credential() {
    return credential;
  }

  /** What is handed on with this call. */
  @Nullable String delegation() {
    return delegation;
  }

  @Override
  public @Nullable Object get(String key) {
    return KEY_OF_CALL.equals(key) ? this : outer.get(key);
  }
}
