package dev.tollgate.demo.agent;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The office through Spring's {@code RestClient}; Boot's builder adds the call's credential. */
final class SpringOfficeClient implements OfficeClient {
  private final RestClient http;
  private final URI office;

  SpringOfficeClient(RestClient.Builder builder, URI office) {
    this.http = builder.build();
    this.office = office;
  }

  @Override
  public String send(String method, String path, Map<String, ?> body) {
    RestClient.RequestBodySpec request =
        http.method(HttpMethod.valueOf(method)).uri(OfficeClient.at(office, path));
    if (!body.isEmpty()) {
      request.contentType(MediaType.APPLICATION_JSON).body(body);
    }
    // The status is the model's to read, as with the other framework's client.
    String answer =
        request.exchange(
            (sent, response) ->
                new String(
                    response.getBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    return answer == null ? "" : answer;
  }
}
