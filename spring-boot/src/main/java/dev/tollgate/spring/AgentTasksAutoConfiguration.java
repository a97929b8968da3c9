package dev.tollgate.spring;

import dev.tollgate.ToolGate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** For work that no user's message starts. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class AgentTasksAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  AgentTasks tollgateAgentTasks(
      ObjectProvider<ToolGate> gate, ObjectProvider<CallerSource> callers, Environment settings) {
    return new AgentTasks(
        gate::getObject, callers::getIfAvailable, SpringSettings.application(settings));
  }
}
