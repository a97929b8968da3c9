package dev.tollgate.http;

import dev.tollgate.destination.ConnectionCheck;
import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Apache client for tools. It resolves a name once, refuses addresses that are nobody's on the
 * internet unless they were permitted, connects to the very address that it checked, and inside a
 * call asks the gate before each request, also before each that a redirect leads to.
 *
 * <p>A refusal is a {@link ConnectionRefusedException}. Redirects are followed five times at most,
 * never from https to http, never with a body to another origin. There is no proxy, no cookie
 * store, no automatic retry, and of a caller's {@link RequestConfig} only the time-outs count.
 * Thread-safe.
 */
public final class GuardedHttpClient extends CloseableHttpClient implements Configurable {
  private static final Logger log = LoggerFactory.getLogger(GuardedHttpClient.class);

  /** How many addresses of one name are tried, each with a question of its own. */
  private static final int TRIES = 3;

  private final PinnedClient client;
  private final NameResolver resolver;
  private final PermittedAddresses permitted;
  private final RequestConfig defaults;
  private final boolean onlyInsideCalls;

  GuardedHttpClient(
      PinnedClient client,
      NameResolver resolver,
      PermittedAddresses permitted,
      RequestConfig defaults,
      boolean onlyInsideCalls) {
    this.client = client;
    this.resolver = resolver;
    this.permitted = permitted;
    this.defaults = defaults;
    this.onlyInsideCalls = onlyInsideCalls;
  }

  public static GuardedHttpClientBuilder builder() {
    return new GuardedHttpClientBuilder();
  }

  @Override
  public RequestConfig getConfig() {
    return defaults;
  }

  @Override
  protected CloseableHttpResponse doExecute(
      @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context)
      throws IOException {
    ConnectionCheck check = check();
    RequestConfig timeouts = timeouts(request, context);
    Hop hop = first(target, request, check);
    for (; ; ) {
      CloseableHttpResponse response = send(hop, request, timeouts, check);
      Hop next;
      try {
        next = Redirects.after(hop, response);
      } catch (ConnectionRefusedException e) {
        response.close();
        // What a server wrote is not quoted: the record says from where it would have led on.
        throw recorded(check, hop.target().canonical(), null, hop.redirects() + 1, e);
      } catch (RuntimeException e) {
        response.close();
        throw e;
      }
      if (next == null) {
        return response;
      }
      response.close();
      hop = next;
    }
  }

  /** The call's check. A task without one: a pool lost the call's context, or there is no call. */
  private @Nullable ConnectionCheck check() throws ConnectionRefusedException {
    Optional<ConnectionCheck> found = ConnectionCheck.current();
    if (found.isEmpty() && (onlyInsideCalls || Task.current() != null)) {
      log.warn("a request outside a call was refused: see docs/http.md on threads");
      throw new ConnectionRefusedException(ReasonCode.DESTINATION_REFUSED);
    }
    return found.orElse(null);
  }

  private static Hop first(
      @Nullable HttpHost target, ClassicHttpRequest request, @Nullable ConnectionCheck check)
      throws IOException {
    URIAuthority authority = request.getAuthority();
    String scheme = request.getScheme();
    if (authority == null && target != null) {
      authority = new URIAuthority(target.getHostName(), target.getPort());
      scheme = target.getSchemeName();
    }
    String path = request.getPath() == null ? "/" : request.getPath();
    if (authority == null || !path.startsWith("/")) {
      throw new ClientProtocolException("a request needs an absolute URL");
    }
    try {
      Target to = Target.of(url(scheme, authority));
      if (target != null
          && !to.equals(Target.of(url(target.getSchemeName(), new URIAuthority(target))))) {
        throw new ConnectionRefusedException(ReasonCode.DESTINATION_UNREADABLE);
      }
      return new Hop(
          to,
          request.getMethod().toUpperCase(Locale.ROOT),
          Redirects.path(to.url(path)),
          List.of(request.getHeaders()),
          request.getEntity(),
          0,
          false);
    } catch (ConnectionRefusedException e) {
      throw recorded(check, "", null, 0, e);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw recorded(
          check, "", null, 0, new ConnectionRefusedException(ReasonCode.DESTINATION_UNREADABLE));
    }
  }

  private static URI url(@Nullable String scheme, URIAuthority authority)
      throws URISyntaxException {
    String host = authority.getHostName();
    String userInfo = authority.getUserInfo();
    String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return new URI(
        scheme
            + "://"
            + (userInfo == null ? "" : userInfo + "@")
            + bracketed
            + (authority.getPort() < 0 ? "" : ":" + authority.getPort())
            + "/");
  }

  private CloseableHttpResponse send(
      Hop hop, ClassicHttpRequest original, RequestConfig timeouts, @Nullable ConnectionCheck check)
      throws IOException {
    List<InetAddress> addresses = addresses(hop, check);
    for (int i = 0; ; i++) {
      InetAddress address = addresses.get(i);
      if (check != null) {
        check.ask(hop.target().canonical(), address, hop.redirects());
      }
      HttpUriRequestBase request = hop.request();
      if (original instanceof CancellableDependency cancellable) {
        cancellable.setDependency(request);
      }
      try {
        return client.execute(hop.target().at(address), request, timeouts);
      } catch (ConnectException | ConnectTimeoutException | NoRouteToHostException e) {
        if (i + 1 == Math.min(addresses.size(), TRIES)) {
          throw e;
        }
      }
    }
  }

  /** Resolved here and nowhere else. One bad address among good ones is how rebinding begins. */
  private List<InetAddress> addresses(Hop hop, @Nullable ConnectionCheck check) throws IOException {
    Target target = hop.target();
    String literal = target.literal();
    List<InetAddress> found =
        literal == null
            ? List.copyOf(resolver.resolve(target.host()))
            : List.of(InetAddress.getByName(literal));
    if (found.isEmpty()) {
      throw new UnknownHostException("no address");
    }
    for (InetAddress address : found) {
      if (!permitted.allow(target, address)) {
        throw recorded(
            check,
            target.canonical(),
            address,
            hop.redirects(),
            new ConnectionRefusedException(ReasonCode.DESTINATION_REFUSED));
      }
    }
    return found;
  }

  private static ConnectionRefusedException recorded(
      @Nullable ConnectionCheck check,
      String host,
      @Nullable InetAddress address,
      int redirects,
      ConnectionRefusedException refusal) {
    if (check != null) {
      check.refused(host, address, redirects, refusal.reason());
    }
    return refusal;
  }

  private RequestConfig timeouts(ClassicHttpRequest request, @Nullable HttpContext context) {
    if (request instanceof Configurable configurable && configurable.getConfig() != null) {
      return configurable.getConfig();
    }
    RequestConfig given =
        context == null ? null : HttpClientContext.castOrCreate(context).getRequestConfig();
    return given == null ? defaults : given;
  }

  @Override
  public void close() {
    close(CloseMode.GRACEFUL);
  }

  @Override
  public void close(CloseMode mode) {
    client.close(mode);
  }
}
