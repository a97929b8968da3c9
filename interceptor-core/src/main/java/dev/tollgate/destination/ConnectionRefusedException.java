package dev.tollgate.destination;

import dev.tollgate.reason.ReasonCode;
import java.io.IOException;

/**
 * A client that the gate supplies did not connect. The message is a reason code and nothing else: a
 * model may come to see it, and must not learn from it what an internal name resolves to.
 */
public final class ConnectionRefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final ReasonCode reason;

  public ConnectionRefusedException(ReasonCode reason) {
    super("the gate refused the connection: " + reason.code());
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
