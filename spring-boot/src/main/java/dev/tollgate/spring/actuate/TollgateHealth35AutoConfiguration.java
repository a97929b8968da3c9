package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.spring.boot35.HealthReading;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** {@link GateHealth} for Boot 3.5, whose indicator is compiled apart. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
public class TollgateHealth35AutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(ToolGate.class)
  HealthReading tollgateHealthReading(ToolGate gate) {
    return () -> {
      GateHealth health = GateHealth.of(gate.status());
      return new HealthReading.Reading(health.state().name(), health.details());
    };
  }
}
