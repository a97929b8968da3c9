package dev.tollgate.spring;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.GateAssembly;
import dev.tollgate.spring.connection.TokenServerConnectionDetails;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.BeanFactory;
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

  /**
   * Made from the {@code tollgate.*} properties, and of the application's own beans where it has
   * some for a part; closed with the context.
   */
  @Bean
  @ConditionalOnMissingBean
  ToolGate toolGate(
      Environment environment,
      BeanFactory beans,
      ObjectProvider<OpenTelemetry> openTelemetry,
      ObjectProvider<TokenServerConnectionDetails> tokenServer,
      ObjectProvider<ToolGateCustomizer> customizers) {
    return GateAssembly.assemble(
        TokenServer.over(SpringSettings.from(environment), tokenServer.getIfAvailable()),
        openTelemetry.getIfUnique(GlobalOpenTelemetry::get),
        GivenBeans.in(beans),
        builder -> customizers.orderedStream().forEach(one -> one.customize(builder)));
  }

  /** Asks every adapter what it covers. */
  @Bean
  StartReport tollgateStartReport(
      ObjectProvider<CoveredPaths> parts,
      ObjectProvider<StartWarning> warnings,
      Environment environment) {
    return new StartReport(
        parts, warnings, AdapterSettings.from(SpringSettings.from(environment)).strictness());
  }
}
