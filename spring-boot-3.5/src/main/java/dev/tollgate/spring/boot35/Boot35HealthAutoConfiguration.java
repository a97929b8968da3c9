package dev.tollgate.spring.boot35;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate's part of {@code /actuator/health}, on Boot 3.5. */
@AutoConfiguration(afterName = "dev.tollgate.spring.actuate.TollgateHealth35AutoConfiguration")
@ConditionalOnClass(
    name = {
      "org.springframework.boot.actuate.health.HealthIndicator",
      "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
    })
public class Boot35HealthAutoConfiguration {

  /** Of its own: Boot's condition can be asked only where Boot's health classes are there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(HealthReading.class)
  @ConditionalOnEnabledHealthIndicator("tollgate")
  static class Indicator {
    @Bean
    @ConditionalOnMissingBean(name = "tollgateHealthIndicator")
    HealthIndicator tollgateHealthIndicator(HealthReading reading) {
      return () -> {
        HealthReading.Reading read = reading.read();
        return Health.status(new Status(read.state())).withDetails(read.details()).build();
      };
    }
  }
}
