package dev.tollgate.spring.boot35;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings.Redirects;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.web.client.RestClient;

/** Hands call credentials to the clients of Boot 3.5. */
final class Boot35CredentialCustomizer implements RestClientCustomizer {
  private final RestClientCredentials credentials;
  private final ObjectProvider<ClientHttpRequestFactorySettings> settings;

  Boot35CredentialCustomizer(
      RestClientCredentials credentials,
      ObjectProvider<ClientHttpRequestFactorySettings> settings) {
    this.credentials = credentials;
    this.settings = settings;
  }

  @Override
  public void customize(RestClient.Builder builder) {
    ClientHttpRequestFactorySettings found = settings.getIfUnique();
    boolean follows = found == null || found.redirects() != Redirects.DONT_FOLLOW;
    credentials.add(builder, follows, Boot35RedirectsOff.SETTING);
  }
}
