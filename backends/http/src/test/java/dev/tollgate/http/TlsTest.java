package dev.tollgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tollgate.destination.ConnectionRefusedException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS is about the name, whichever address it was pinned to. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private Site plain;
  private HttpsServer server;
  private GuardedHttpClient client;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    plain = new Site("plain");
    SSLContext tls = tls(folder.resolve("keys.p12"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          boolean down = exchange.getRequestURI().getPath().equals("/down");
          if (down) {
            exchange.getResponseHeaders().add("Location", plain.at("office.test"));
          }
          exchange.sendResponseHeaders(down ? 302 : 200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    server.start();
    client =
        GuardedHttpClient.builder()
            .tls(tls)
            .resolver(new Names().with("office.test", "127.0.0.1").with("evil.test", "127.0.0.1"))
            .permit("office.test")
            .permit("evil.test")
            .build();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.stop(0);
    plain.close();
  }

  private static SSLContext tls(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "office",
                "-keyalg",
                "EC",
                "-dname",
                "CN=office.test",
                "-ext",
                "san=dns:office.test",
                "-validity",
                "1")
            .redirectErrorStream(true)
            .start();
    try (InputStream said = made.getInputStream()) {
      String text = new String(said.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(made.waitFor()).as(text).isZero();
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("office", keys.getCertificate("office"));
    return SSLContexts.custom()
        .loadKeyMaterial(keys, PASSWORD)
        .loadTrustMaterial(trusted, null)
        .build();
  }

  private String url(String host, String path) {
    return "https://" + host + ":" + server.getAddress().getPort() + path;
  }

  @Test
  void theNameIsVerifiedThoughTheAddressIsPinned() throws Exception {
    assertThat(Caller.get(client, url("office.test", "/"))).isEqualTo("ok");
    assertThatThrownBy(() -> Caller.get(client, url("evil.test", "/")))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void nothingLeadsFromTlsToPlainText() {
    assertThatThrownBy(() -> Caller.get(client, url("office.test", "/down")))
        .isInstanceOf(ConnectionRefusedException.class);
    assertThat(plain.seen()).isEmpty();
  }
}
