package dev.tollgate.quarkus;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.GateAssembly;
import dev.tollgate.config.Settings;
import dev.tollgate.langchain4j.HostedGate;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/** The application's gate, and the settings it is made from. */
@Singleton
class GateBeans {

  /** The {@code tollgate.*} keys from wherever Quarkus finds properties. */
  @Produces
  @Singleton
  Settings settings(Config config) {
    Map<String, String> values = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("tollgate.")) {
        config.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
      }
    }
    return new Settings(values);
  }

  /** Gives way to a gate of the application's own. */
  @Produces
  @Singleton
  @DefaultBean
  ToolGate gate(Settings settings, Instance<OpenTelemetry> openTelemetry) {
    return GateAssembly.assemble(
        settings, openTelemetry.isResolvable() ? openTelemetry.get() : GlobalOpenTelemetry.get());
  }

  void close(@Disposes ToolGate gate) {
    gate.close();
  }

  @Produces
  @Singleton
  HostedGate hosted(ToolGate gate, Settings settings) {
    return new HostedGate(gate, AdapterSettings.from(settings));
  }
}
