package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Puts the gate around the tool calls of Spring AI. */
@AutoConfiguration(
    after = ToolGateAutoConfiguration.class,
    beforeName = {
      "org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration",
      "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration"
    })
@ConditionalOnClass(name = "org.springframework.ai.model.tool.ToolCallingManager")
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class TollgateAutoConfiguration {

  /** Runs what people approved. */
  @Bean
  @ConditionalOnMissingBean
  ApprovedCalls tollgateApprovedCalls(ObjectProvider<ToolGate> gate) {
    return new ApprovedCalls(SingletonSupplier.of(gate::getObject));
  }

  // Static, and everything looked up late: post-processors are made before other beans.
  @Bean
  static GuardingPostProcessor tollgateGuardingPostProcessor(
      ObjectProvider<ToolGate> gate,
      ObjectProvider<OpenTelemetry> openTelemetry,
      Environment environment) {
    return new GuardingPostProcessor(gateway(gate, openTelemetry, environment));
  }

  // Not lazy, or aspects would deny until somebody asks for it, and nobody does.
  @Bean
  @Lazy(false)
  WovenInstallation tollgateWovenInstallation(
      ObjectProvider<ToolGate> gate,
      ObjectProvider<OpenTelemetry> openTelemetry,
      Environment environment) {
    return new WovenInstallation(gateway(gate, openTelemetry, environment));
  }

  private static Gateway gateway(
      ObjectProvider<ToolGate> gate,
      ObjectProvider<OpenTelemetry> openTelemetry,
      Environment environment) {
    return new Gateway(
        SingletonSupplier.of(gate::getObject),
        SingletonSupplier.of(() -> openTelemetry.getIfUnique(GlobalOpenTelemetry::get)),
        SingletonSupplier.of(() -> AdapterSettings.from(SpringSettings.from(environment))));
  }

  @Bean
  Coverage tollgateCoverage(ConfigurableListableBeanFactory beans, Environment environment) {
    return new Coverage(
        beans, () -> AdapterSettings.from(SpringSettings.from(environment)).strictness());
  }

  @Bean
  ManagerMethods tollgateManagerMethods() {
    return ManagerMethods.here();
  }

  /** Captures the intent in every client made by Boot's builder. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ChatClient.class, ChatClientBuilderCustomizer.class})
  static class Intents {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ChatClientBuilderCustomizer tollgateIntentCustomizer(Callers callers, Environment environment) {
      IntentAdvisor advisor = advisor(callers, environment);
      return builder -> builder.defaultAdvisors(advisor, new StreamedTask());
    }
  }

  /** Spring AI 1.1 has another customizer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ChatClient.class)
  @ConditionalOnMissingClass("org.springframework.ai.chat.client.ChatClientBuilderCustomizer")
  static class IntentsBefore20 {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @SuppressWarnings("removal") // it is what 1.1 has
    org.springframework.ai.chat.client.ChatClientCustomizer tollgateIntentCustomizer(
        Callers callers, Environment environment) {
      IntentAdvisor advisor = advisor(callers, environment);
      return builder -> builder.defaultAdvisors(advisor, new StreamedTask());
    }
  }

  /** The same in clients made by hand, for the aspects. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ChatClient.class)
  static class WovenIntentCapture {
    @Bean
    @Lazy(false)
    WovenIntents tollgateWovenIntents(
        ObjectProvider<ToolGate> gate,
        ObjectProvider<OpenTelemetry> openTelemetry,
        Callers callers,
        Environment environment) {
      return new WovenIntents(
          gateway(gate, openTelemetry, environment), advisor(callers, environment));
    }
  }

  private static IntentAdvisor advisor(Callers callers, Environment environment) {
    return new IntentAdvisor(callers, SpringSettings.application(environment));
  }

  /** Everything looked up late: clients may be built before the gate is. */
  @Bean
  Callers tollgateChatCallers(
      ObjectProvider<ToolGate> gate,
      ObjectProvider<CallerSource> callers,
      ObjectProvider<ReactiveCallerSource> reactive) {
    return new Callers(
        SingletonSupplier.of(gate::getObject), callers::getIfAvailable, reactive::getIfAvailable);
  }
}
