package dev.tollgate.springai.mcpserver;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.WovenServers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Puts the gate around the tools that an application offers as an MCP server. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(
    name = {
      "io.modelcontextprotocol.server.McpStatelessServerFeatures",
      "org.springframework.ai.mcp.customizer.McpSyncServerCustomizer"
    })
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class TollgateMcpServerAutoConfiguration {

  /** Guards tools that are added while the application runs. */
  @Bean
  static GuardedMcp tollgateGuardedMcp(
      ObjectProvider<ToolGate> gate,
      ObjectProvider<CallerSource> callers,
      Environment environment) {
    return new GuardedMcp(
        new ServedCalls(
            SingletonSupplier.of(gate::getObject),
            SpringSettings.application(environment),
            callers::getIfAvailable));
  }

  // Static, and everything looked up late: post-processors are made before other beans.
  @Bean
  static ToolSpecificationPostProcessor tollgateToolSpecificationPostProcessor(
      ObjectProvider<GuardedMcp> guarded) {
    return new ToolSpecificationPostProcessor(guarded::getObject);
  }

  /** Tools that are added while the application runs otherwise, for the aspects. */
  @Bean
  @Lazy(false)
  WovenServers.Guard tollgateWovenServers(ObjectProvider<ToolGate> gate, GuardedMcp guarded) {
    return new WovenServers.Guard(SingletonSupplier.of(gate::getObject), guarded::guardAny);
  }

  @Bean
  McpServerCoverage tollgateMcpServerCoverage(
      ConfigurableListableBeanFactory beans, GuardedMcp guarded) {
    return new McpServerCoverage(beans, guarded);
  }
}
