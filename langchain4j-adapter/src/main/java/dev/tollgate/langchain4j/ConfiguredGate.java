package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.GateAssembly;
import dev.tollgate.config.Settings;
import dev.tollgate.langchain4j.delegate.HandedOn;
import io.opentelemetry.api.GlobalOpenTelemetry;

/** The gate of an application that wrote configuration and no code. */
final class ConfiguredGate {
  private ConfiguredGate() {}

  /**
   * Makes the gate.
   *
   * @throws RuntimeException if what is configured makes none
   */
  static Installation assemble() {
    Settings settings = Settings.load();
    AdapterSettings adapter = AdapterSettings.from(settings);
    ToolGate gate = GateAssembly.assemble(settings, GlobalOpenTelemetry.get());
    // Nobody else owns it: without this the last records of a process would never be attested.
    Runtime.getRuntime().addShutdownHook(new Thread(gate::close, "tollgate-close"));
    return new Installation(gate, new CarriedTasks(), new HandedOn(), adapter, true);
  }
}
