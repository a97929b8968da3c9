package dev.tollgate.springai.credential;

import dev.tollgate.spring.boot35.RestClientCredentials;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Hands call credentials to the requests of Boot's {@code RestClient.Builder}. */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.ai.model.tool.ToolCallingManager")
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class CallCredentialAutoConfiguration {

  /** Boot 4's clients. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClientCustomizer.class, HttpClientSettings.class})
  static class RestClients {
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

  /**
   * The same for Boot 3.5, whose part is compiled apart; it has a customizer also without clients.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = {
        "org.springframework.boot.web.client.RestClientCustomizer",
        "org.springframework.web.client.RestClient"
      })
  static class RestClients35 {
    @Bean
    RestClientCredentials tollgateRestClientCredentials() {
      return CallCredentials::add;
    }
  }
}
