package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.StartReport;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** {@code /actuator/tollgate}, where Actuator is there and the endpoint is exposed. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public class TollgateEndpointAutoConfiguration {

  /** Whatever other endpoints show of the settings. */
  @Bean
  @ConditionalOnMissingBean(name = "tollgateSanitizing")
  static SanitizingFunction tollgateSanitizing() {
    return new SettingsSanitizing();
  }

  /** The endpoint, and what it remembers for it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnAvailableEndpoint(TollgateEndpoint.class)
  @ConditionalOnSingleCandidate(ToolGate.class)
  @ConditionalOnBean(StartReport.class)
  static class Exposed {
    @Bean
    RecentDecisions tollgateRecentDecisions(ToolGate gate) {
      return new RecentDecisions(gate, Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean
    TollgateEndpoint tollgateEndpoint(
        ToolGate gate, StartReport report, RecentDecisions decisions, Environment environment) {
      String role =
          SpringSettings.from(environment).get("tollgate.operator.role", "TOLLGATE_OPERATOR");
      return new TollgateEndpoint(
          gate, new GateView(gate, report, decisions), new Operator(gate, role));
    }
  }
}
