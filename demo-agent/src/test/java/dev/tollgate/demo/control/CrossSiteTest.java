package dev.tollgate.demo.control;

import static dev.tollgate.demo.control.ControlBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.demo.idp.RunningIdp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of somebody else, or a broken client, sends in a person's name is refused. */
class CrossSiteTest {
  private static RunningIdp idp;
  private static ControlBench bench;
  private static String id;
  private static String bob;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    idp = new RunningIdp();
    bench = new ControlBench(idp, folder);
    id = bench.waiting();
    bob = bench.people.token("bob");
  }

  @AfterAll
  static void seeThatNothingWasAnsweredAndStop() throws Exception {
    assertThat(bench.answers()).isEmpty();
    assertThat(bench.resumed(id)).isEqualTo("approval_required");
    bench.close();
    idp.close();
  }

  private static HttpRequest.Builder approve() {
    return bench.request("/approvals/" + id + "/approve", bob).timeout(Duration.ofSeconds(20));
  }

  private static HttpRequest.Builder approveAsJson() {
    return approve().header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example, cross_site",
    "Origin, null, cross_site",
    "Origin, http://127.0.0.1:1, cross_site",
    "Sec-Fetch-Site, cross-site, cross_site",
    "Sec-Fetch-Site, same-site, cross_site",
    "X-Tollgate-Control, 1, control_header_missing" // twice is not once
  })
  void aHeaderOfAnotherSite(String name, String value, String code) {
    assertThat(refusal(ControlBench.send(approveAsJson().header(name, value).build())))
        .isEqualTo("403 " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void aHeaderOfItsOwnIsNot(String site) {
    String own = bench.endpoint.uri("").toString();
    HttpRequest request =
        bench
            .request("/approvals", bob)
            .header("Origin", own)
            .header("Sec-Fetch-Site", site)
            .GET()
            .build();
    assertThat(ControlBench.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutTheHeader() {
    HttpRequest request =
        HttpRequest.newBuilder(bench.endpoint.uri("/approvals"))
            .header("Authorization", "Bearer " + bob)
            .build();
    assertThat(refusal(ControlBench.send(request))).isEqualTo("403 control_header_missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:%d", "127.0.0.1", "127.0.0.1.evil.example:%d"})
  void aNameThatWasReboundToThisMachine(String host) throws IOException {
    String named = host.formatted(bench.endpoint.uri("").getPort());
    assertThat(raw("GET /approvals HTTP/1.1", named)).contains(" 403 ", "host_foreign");
  }

  @Test
  void anAddressInTheRequestLineThatIsNotItsOwn() throws IOException {
    String own = "127.0.0.1:" + bench.endpoint.uri("").getPort();
    assertThat(raw("GET http://evil.example/approvals HTTP/1.1", own))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("evil.example", "<html");
    assertThat(raw("GET /approvals HTTP/1.1", own)).as("its own").startsWith("HTTP/1.1 200");
  }

  private static String raw(String line, String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), bench.endpoint.uri("").getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          line
              + "\r\nHost: "
              + host
              + "\r\nX-Tollgate-Control: 1\r\nAuthorization: Bearer "
              + bob
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json-patch+json",
        "application/json;charset=utf-16",
        "text/plain;application/json"
      })
  void anotherType(String type) {
    HttpRequest request =
        approve().header("Content-Type", type).POST(BodyPublishers.ofString("{}")).build();
    assertThat(refusal(ControlBench.send(request))).isEqualTo("415 content_type_not_json");
  }

  @Test
  void noType() {
    assertThat(refusal(ControlBench.send(approve().POST(BodyPublishers.ofString("{}")).build())))
        .isEqualTo("415 content_type_not_json");
  }

  @Test
  void aBodyThatIsTooLarge() {
    String large = "{\"a\":\"" + "x".repeat(4096) + "\"}";
    HttpRequest known = approveAsJson().POST(BodyPublishers.ofString(large)).build();
    assertThat(refusal(ControlBench.send(known))).isEqualTo("413 body_too_large");
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
    HttpRequest chunked =
        approveAsJson()
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)))
            .build();
    assertThat(refusal(ControlBench.send(chunked))).isEqualTo("413 body_too_large");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``|body_not_json_object",
        "[]|body_not_json_object",
        "{|body_not_json_object",
        "{} {}|body_not_json_object",
        "{\"approver\":\"carol\"}|body_unexpected"
      })
  void aBodyThatSaysTooLittleOrTooMuch(String body, String code) {
    HttpRequest request = approveAsJson().POST(BodyPublishers.ofString(body)).build();
    assertThat(refusal(ControlBench.send(request))).isEqualTo("400 " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void anotherMethodThanPost(String method) {
    var response = ControlBench.send(approve().method(method, BodyPublishers.noBody()).build());
    assertThat(refusal(response)).isEqualTo("405 method_not_allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    assertThat(response.headers().map()).doesNotContainKey("access-control-allow-methods");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "TRACE"})
  void anotherMethodThanGet(String method) {
    HttpRequest request =
        bench.request("/approvals", bob).method(method, BodyPublishers.noBody()).build();
    assertThat(ControlBench.send(request).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/approvals/",
        "/approvals?access_token=x",
        "/approvals/x%2Fapprove",
        "/approvals/x/delete",
        "/Approvals",
        "/approvals;a=b"
      })
  void anotherPath(String path) {
    HttpRequest request = bench.request(path, bob).GET().build();
    assertThat(ControlBench.send(request).statusCode()).isIn(400, 404);
  }

  @Test
  void aWriteThatIsHiddenInAPathIsNone() {
    HttpRequest request =
        approveAsJson().uri(bench.endpoint.uri("/x/../approvals/" + id + "/%61pprove")).build();
    assertThat(ControlBench.send(request).statusCode()).isIn(400, 404);
  }
}
