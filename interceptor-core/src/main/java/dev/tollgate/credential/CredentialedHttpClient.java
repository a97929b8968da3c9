package dev.tollgate.credential;

import dev.tollgate.secret.SecretAccess;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A {@code java.net.http} client that adds the current call's credential to requests for the host
 * it was issued for, and to no others. Thread-safe, like the client it wraps.
 */
public final class CredentialedHttpClient extends HttpClient {
  private final HttpClient delegate;

  private CredentialedHttpClient(HttpClient delegate) {
    this.delegate = delegate;
  }

  /**
   * Wraps a client.
   *
   * @throws IllegalArgumentException if the client follows redirects: the JDK would carry the
   *     credential to wherever a server points
   */
  public static HttpClient wrap(HttpClient delegate) {
    if (delegate.followRedirects() != Redirect.NEVER) {
      throw new IllegalArgumentException(
          "a client that carries credentials must not follow redirects: use Redirect.NEVER");
    }
    return new CredentialedHttpClient(delegate);
  }

  private static HttpRequest withCredential(HttpRequest request) {
    Optional<CallCredential> credential = CallCredential.current();
    if (credential.isEmpty()
        || !credential.get().isFor(request.uri())
        || request.headers().firstValue("Authorization").isPresent()) {
      return request;
    }
    return credential
        .get()
        .bearer(
            SecretAccess.granted(),
            request.uri(),
            token ->
                HttpRequest.newBuilder(request, (name, value) -> true)
                    .header("Authorization", "Bearer " + token)
                    .build());
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return delegate.send(withCredential(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return delegate.sendAsync(withCredential(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushes) {
    return delegate.sendAsync(withCredential(request), handler, pushes);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return delegate.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return delegate.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return delegate.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return delegate.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return delegate.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return delegate.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return delegate.authenticator();
  }

  @Override
  public Version version() {
    return delegate.version();
  }

  @Override
  public Optional<Executor> executor() {
    return delegate.executor();
  }
}
