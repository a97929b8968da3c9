package dev.tollgate.springai.credential;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.web.client.RestClient;

/** Hands call credentials to the clients of Boot 4. */
final class CredentialCustomizer implements RestClientCustomizer {
  private final ObjectProvider<HttpClientSettings> settings;

  CredentialCustomizer(ObjectProvider<HttpClientSettings> settings) {
    this.settings = settings;
  }

  @Override
  public void customize(RestClient.Builder builder) {
    HttpClientSettings found = settings.getIfUnique();
    boolean follows = found == null || found.redirects() != HttpRedirects.DONT_FOLLOW;
    CallCredentials.add(builder, follows, "spring.http.clients.redirects");
  }
}
