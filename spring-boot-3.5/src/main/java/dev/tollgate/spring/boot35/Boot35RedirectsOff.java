package dev.tollgate.spring.boot35;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings.Redirects;
import org.springframework.core.env.Environment;

/**
 * Keeps Boot's HTTP clients from following redirects where the application has not said that they
 * should: the JDK's client takes the credential along to whatever host it is sent to. Settings that
 * the application makes itself stay as they are: there a default looks like a decision.
 */
final class Boot35RedirectsOff implements BeanPostProcessor {
  static final String SETTING = "spring.http.client.redirects";

  // Of Boot's own bean.
  private static final String NAME = "clientHttpRequestFactorySettings";
  private final Environment environment;

  Boot35RedirectsOff(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof ClientHttpRequestFactorySettings settings
            && name.equals(NAME)
            && !environment.containsProperty(SETTING)
        ? settings.withRedirects(Redirects.DONT_FOLLOW)
        : bean;
  }
}
