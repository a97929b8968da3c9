package dev.tollgate.springai;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.web.client.RestClient;

/** Adds the interceptor to clients that do not follow redirects; others get no credentials. */
final class CredentialCustomizer implements RestClientCustomizer {
  private static final Logger log = LoggerFactory.getLogger(CredentialCustomizer.class);
  private final ObjectProvider<HttpClientSettings> settings;

  CredentialCustomizer(ObjectProvider<HttpClientSettings> settings) {
    this.settings = settings;
  }

  @Override
  public void customize(RestClient.Builder builder) {
    HttpClientSettings found = settings.getIfUnique();
    if (found != null && found.redirects() == HttpRedirects.DONT_FOLLOW) {
      builder.requestInterceptor(new CallCredentialRequestInterceptor());
    } else {
      log.warn(
          "this RestClient follows redirects and gets no call credentials:"
              + " set spring.http.clients.redirects=dont-follow");
    }
  }
}
