package dev.tollgate.springai.credential;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;

/**
 * Keeps Boot's HTTP clients from following redirects where the application has not said that they
 * should: the JDK's client takes the credential along to whatever host it is sent to.
 */
final class RedirectsOff implements BeanPostProcessor {
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HttpClientSettings settings && settings.redirects() == null
        ? settings.withRedirects(HttpRedirects.DONT_FOLLOW)
        : bean;
  }
}
