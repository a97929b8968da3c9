package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate's part of {@code /actuator/health}, on Boot 4. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(
    name = {
      "org.springframework.boot.health.contributor.HealthIndicator",
      "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
    })
public class TollgateHealthAutoConfiguration {

  /** Of its own: Boot's condition can be asked only where Boot's health classes are there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnSingleCandidate(ToolGate.class)
  @ConditionalOnEnabledHealthIndicator("tollgate")
  static class Boot4 {
    @Bean
    @ConditionalOnMissingBean(name = "tollgateHealthIndicator")
    HealthIndicator tollgateHealthIndicator(ToolGate gate) {
      return new TollgateHealthIndicator(gate);
    }
  }
}
