package dev.tollgate.springai.credential;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;

/** Adds the interceptor to clients that do not follow redirects; others get no credentials. */
final class CallCredentials {
  private static final Logger log = LoggerFactory.getLogger(CallCredentials.class);

  private CallCredentials() {}

  /**
   * @param setting what makes Boot's clients not follow redirects, for people
   */
  static void add(RestClient.Builder builder, boolean followsRedirects, String setting) {
    if (followsRedirects) {
      log.warn(
          "this RestClient follows redirects and gets no call credentials: set {}=dont-follow",
          setting);
    } else {
      builder.requestInterceptor(new CallCredentialRequestInterceptor());
    }
  }
}
