package dev.tollgate.demo.control;

import dev.tollgate.ToolGate;
import dev.tollgate.approval.ApprovalDesk;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/**
 * Where people answer approvals and revoke, over HTTP on the loopback address:
 *
 * <pre>
 * GET  /approvals                what waits
 * POST /approvals/{id}/approve   {}
 * POST /approvals/{id}/reject    {}
 * POST /revocations              {"kind": "task|agent|subject|tenant|delegation|lease", "id": "…"}
 * </pre>
 *
 * Everybody whom {@link PersonTokens} knows as a person of the tenant may do all of this. Each
 * request carries its own token and {@code X-Tollgate-Control: 1}; there are no cookies, and no
 * other site may read or send anything. An answer is 200, or {@code {"error":"refused",
 * "reason_code":…}}. Thread-safe.
 */
public final class ControlEndpoint implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int CONNECTIONS = 32;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int HEADER_BYTES = 8 * 1024;

  private final WebServer server;

  private ControlEndpoint(WebServer server) {
    this.server = server;
  }

  /**
   * Starts it on a free port; it must be closed before the gate.
   *
   * @throws IllegalArgumentException if the gate asks nobody
   */
  public static ControlEndpoint start(ToolGate gate, PersonTokens people) {
    ApprovalDesk desk = gate.approvals();
    if (desk == null) {
      throw new IllegalArgumentException("this gate has no approvals");
    }
    ControlServlet servlet = new ControlServlet(desk, gate.killSwitch(), people);
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    factory.setAddress(loopback());
    factory.setRegisterDefaultServlet(false);
    factory.addConnectorCustomizers(ControlEndpoint::bound);
    factory.addContextCustomizers(
        context -> {
          // What is no HTTP is answered without a page that repeats it.
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass("");
          }
        });
    WebServer server =
        factory.getWebServer(context -> context.addServlet("control", servlet).addMapping("/"));
    server.start();
    servlet.listensAt(server.getPort());
    return new ControlEndpoint(server);
  }

  private static void bound(Connector connector) {
    connector.setProperty("maxThreads", String.valueOf(THREADS));
    connector.setProperty("minSpareThreads", "1");
    connector.setProperty("maxConnections", String.valueOf(CONNECTIONS));
    connector.setProperty("acceptCount", String.valueOf(CONNECTIONS));
    connector.setProperty("connectionTimeout", String.valueOf(TIMEOUT_MILLIS));
    connector.setProperty("keepAliveTimeout", String.valueOf(TIMEOUT_MILLIS));
    connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(HEADER_BYTES));
    connector.setProperty("maxSwallowSize", String.valueOf(16 * ControlBody.LONGEST));
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no loopback address", e);
    }
  }

  /** The address of a path, such as {@code /approvals}. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getPort() + path);
  }

  @Override
  public void close() {
    server.stop();
    server.destroy();
  }
}
