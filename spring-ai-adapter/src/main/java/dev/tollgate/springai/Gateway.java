package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Supplier;

/**
 * What a guard needs. Looked up at the first call, since guards are made while the container is
 * still wiring beans.
 */
final class Gateway {
  private final Supplier<ToolGate> gate;
  private final Supplier<OpenTelemetry> openTelemetry;

  Gateway(Supplier<ToolGate> gate, Supplier<OpenTelemetry> openTelemetry) {
    this.gate = gate;
    this.openTelemetry = openTelemetry;
  }

  ToolGate gate() {
    return gate.get();
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry.get();
  }
}
