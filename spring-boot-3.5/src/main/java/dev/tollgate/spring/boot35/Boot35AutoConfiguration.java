package dev.tollgate.spring.boot35;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Boot 3.5's ways of what the adapters do on Boot 4. */
@AutoConfiguration(afterName = "dev.tollgate.springai.credential.CallCredentialAutoConfiguration")
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class Boot35AutoConfiguration {

  /** Hands call credentials to the requests of Boot's {@code RestClient.Builder}. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClientCustomizer.class, ClientHttpRequestFactorySettings.class})
  @ConditionalOnBean(type = "dev.tollgate.spring.boot35.RestClientCredentials")
  static class Credentials {
    @Bean
    static Boot35RedirectsOff tollgateRedirectsOff(Environment environment) {
      return new Boot35RedirectsOff(environment);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    Boot35CredentialCustomizer tollgateCredentialCustomizer(
        RestClientCredentials credentials,
        ObjectProvider<ClientHttpRequestFactorySettings> settings) {
      return new Boot35CredentialCustomizer(credentials, settings);
    }
  }
}
