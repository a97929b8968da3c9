package dev.tollgate.spring.boot35;

import org.springframework.web.client.RestClient;

/** Gives clients the credential of the call they are used in. An adapter has a bean of this. */
public interface RestClientCredentials {

  /**
   * Called once for each client that Boot's builder makes.
   *
   * @param followsRedirects whether it would take a credential along to where it is sent to
   * @param setting the property that says whether it does
   */
  void add(RestClient.Builder builder, boolean followsRedirects, String setting);
}
