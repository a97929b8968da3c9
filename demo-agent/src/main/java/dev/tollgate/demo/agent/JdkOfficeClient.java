package dev.tollgate.demo.agent;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tollgate.credential.CredentialedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The office through {@code java.net.http}; the wrapped client adds the call's credential. */
final class JdkOfficeClient implements OfficeClient {
  private final HttpClient http =
      CredentialedHttpClient.wrap(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(2))
              .build());
  private final URI office;

  JdkOfficeClient(URI office) {
    this.office = office;
  }

  @Override
  public String send(String method, String path, Map<String, ?> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(OfficeClient.at(office, path)).timeout(Duration.ofSeconds(10));
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(
              method,
              HttpRequest.BodyPublishers.ofString(
                  JSONObjectUtils.toJSONString(new HashMap<>(body))));
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
