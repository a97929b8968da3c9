package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who operates an application on Boot 3.5. */
class OperationsTest {
  private static String get(Office office, String path) throws Exception {
    String port = office.context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void health_says_whether_the_gate_can_permit_anything(@TempDir Path folder) throws Exception {
    try (Office office =
        Office.open(folder, List.of("--management.endpoint.health.show-details=always"))) {
      assertThat(get(office, "health"))
          .contains("\"tollgate\":{\"status\":\"UP\"")
          .contains("\"policy\":\"in force\"")
          .doesNotContain(folder.toString());
    }
  }

  @Test
  void the_endpoint_says_what_is_covered_and_keeps_calls_from_strangers(@TempDir Path folder)
      throws Exception {
    try (Office office =
        Office.open(folder, List.of("--management.endpoints.web.exposure.include=tollgate"))) {
      office.model.asks("readFile {\"file\":\"a\"}");
      office.client().prompt().user("read my files").tools(office.files()).call().content();
      assertThat(office.files().ran()).hasSize(1);
      assertThat(get(office, "tollgate"))
          .contains("a probe call was denied")
          .doesNotContain("readFile");
    }
  }
}
