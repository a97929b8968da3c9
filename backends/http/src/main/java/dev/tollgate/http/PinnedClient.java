package dev.tollgate.http;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's client with everything off that could lead elsewhere. The pool goes by host <em>and</em>
 * address, so that a connection that was kept is used only for the address that was checked.
 */
final class PinnedClient {
  private static final DnsResolver NOBODY =
      new DnsResolver() {
        @Override
        public java.net.InetAddress[] resolve(String host) throws UnknownHostException {
          throw new UnknownHostException("a pinned client resolves nothing");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
          throw new UnknownHostException("a pinned client resolves nothing");
        }
      };

  private static final HttpRoutePlanner DIRECT =
      (target, context) -> {
        if (target == null || target.getAddress() == null) {
          throw new ProtocolException("a target without an address was not checked");
        }
        return new HttpRoute(target, null, target.getSchemeName().equals("https"));
      };

  private final CloseableHttpClient client;

  PinnedClient(SSLContext tls, Duration connect) {
    ConnectionConfig connections =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(connect))
            .setTimeToLive(Timeout.ofMinutes(5))
            .build();
    this.client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                    .setDnsResolver(NOBODY)
                    .setDefaultConnectionConfig(connections)
                    .setMaxConnTotal(64)
                    .setMaxConnPerRoute(16)
                    .build())
            .setRoutePlanner(DIRECT)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableAuthCaching()
            .disableCookieManagement()
            .build();
  }

  /**
   * One request to one address; a context of its own, so that no other request's state is in it.
   */
  @SuppressWarnings("deprecation") // the only one of Apache's methods that hands the response over
  CloseableHttpResponse execute(HttpHost at, HttpUriRequestBase request, RequestConfig timeouts)
      throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeouts.getConnectionRequestTimeout())
            .setResponseTimeout(timeouts.getResponseTimeout())
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build());
    return client.execute(at, request, context);
  }

  void close(CloseMode mode) {
    client.close(mode);
  }
}
