package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Supplier;

/**
 * What a guard needs. Looked up at the first call, since guards are made while the container is
 * still wiring beans.
 */
final class Gateway {
  private final Supplier<ToolGate> gate;
  private final Supplier<OpenTelemetry> openTelemetry;
  private final Supplier<AdapterSettings> settings;

  Gateway(
      Supplier<ToolGate> gate,
      Supplier<OpenTelemetry> openTelemetry,
      Supplier<AdapterSettings> settings) {
    this.gate = gate;
    this.openTelemetry = openTelemetry;
    this.settings = settings;
  }

  ToolGate gate() {
    return gate.get();
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry.get();
  }

  AdapterSettings settings() {
    return settings.get();
  }
}
