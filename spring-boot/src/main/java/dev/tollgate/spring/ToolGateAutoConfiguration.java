package dev.tollgate.spring;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.GateAssembly;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The application's gate, whichever framework's tool calls pass it. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class ToolGateAutoConfiguration {

  /** Made from the {@code tollgate.*} properties; closed with the context. */
  @Bean
  @ConditionalOnMissingBean
  ToolGate toolGate(Environment environment, ObjectProvider<OpenTelemetry> openTelemetry) {
    return GateAssembly.assemble(
        SpringSettings.from(environment), openTelemetry.getIfUnique(GlobalOpenTelemetry::get));
  }

  /** Asks every adapter what it covers. */
  @Bean
  StartReport tollgateStartReport(ObjectProvider<CoveredPaths> parts, Environment environment) {
    return new StartReport(
        parts, AdapterSettings.from(SpringSettings.from(environment)).strictness());
  }
}
