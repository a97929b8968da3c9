package dev.tollgate.springai;

import dev.tollgate.ToolGate;
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
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
      ObjectProvider<ToolGate> gate, ObjectProvider<OpenTelemetry> openTelemetry) {
    return new GuardingPostProcessor(
        new Gateway(
            SingletonSupplier.of(gate::getObject),
            SingletonSupplier.of(() -> openTelemetry.getIfUnique(GlobalOpenTelemetry::get))));
  }

  @Bean
  Coverage tollgateCoverage(ConfigurableListableBeanFactory beans) {
    return new Coverage(beans);
  }

  /** Captures the intent in every client made by Boot's builder. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ChatClient.class, ChatClientBuilderCustomizer.class})
  static class Intents {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ChatClientBuilderCustomizer tollgateIntentCustomizer(
        ObjectProvider<ToolGate> gate, Environment environment) {
      IntentAdvisor advisor =
          new IntentAdvisor(
              SingletonSupplier.of(gate::getObject), SpringSettings.application(environment));
      return builder -> builder.defaultAdvisors(advisor);
    }
  }

  /** Hands call credentials to the requests of Boot's {@code RestClient.Builder}. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClientCustomizer.class, HttpClientSettings.class})
  static class Credentials {
    @Bean
    static RedirectsOff tollgateRedirectsOff() {
      return new RedirectsOff();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    CredentialCustomizer tollgateCredentialCustomizer(ObjectProvider<HttpClientSettings> settings) {
      return new CredentialCustomizer(settings);
    }
  }
}
