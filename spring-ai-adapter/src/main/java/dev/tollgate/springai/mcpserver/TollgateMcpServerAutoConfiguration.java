package dev.tollgate.springai.mcpserver;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.WovenServers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
      ObjectProvider<ReactiveCallerSource> reactive,
      ObjectProvider<ReactivelyServed> served,
      Environment environment) {
    return new GuardedMcp(
        new ServedCalls(
            SingletonSupplier.of(gate::getObject),
            SpringSettings.application(environment),
            new CallerSources(
                callers::getIfAvailable,
                reactive::getIfAvailable,
                served.getIfAvailable() != null)));
  }

  /** Says that requests are served on threads that work for many. */
  record ReactivelyServed() {}

  /** For WebFlux. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class WebFlux {
    @Bean
    ReactivelyServed tollgateReactivelyServed() {
      return new ReactivelyServed();
    }

    @Bean
    RequestFilter tollgateMcpRequestFilter(ObjectProvider<ReactiveCallerSource> callers) {
      return new RequestFilter(callers::getIfAvailable);
    }

    @Bean
    static TransportPostProcessor tollgateMcpTransportPostProcessor() {
      return new TransportPostProcessor();
    }
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
