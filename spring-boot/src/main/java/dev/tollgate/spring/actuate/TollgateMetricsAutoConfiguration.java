package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The gate's meters, in every registry that Boot binds meters to. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnSingleCandidate(ToolGate.class)
public class TollgateMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "tollgateMeters")
  MeterBinder tollgateMeters(ToolGate gate) {
    return new GateMeters(gate);
  }
}
