package dev.tollgate.springai.credential;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.secret.SecretAccess;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Gives a tool's HTTP requests the credential of the call it runs in: to the server the credential
 * is for, and to no other. Boot's {@code RestClient.Builder} has it; add it to clients that you
 * build yourself and that follow no redirects: a client that does takes headers along.
 */
public final class CallCredentialRequestInterceptor implements ClientHttpRequestInterceptor {
  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    URI target = request.getURI();
    Optional<CallCredential> credential =
        CallCredential.current().filter(found -> found.isFor(target));
    if (credential.isEmpty() || request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null) {
      return execution.execute(request, body);
    }
    Carrying carrying = new Carrying(request);
    credential.get().bearer(SecretAccess.granted(), target, carrying::take);
    try {
      return execution.execute(carrying, body);
    } finally {
      carrying.headers.clear();
    }
  }

  /** A request of its own: whoever keeps it, such as an interceptor that logs, keeps no token. */
  private static final class Carrying extends HttpRequestWrapper {
    private final HttpHeaders headers = new HttpHeaders();

    Carrying(HttpRequest request) {
      super(request);
      // Name by name: this much of HttpHeaders is the same in Spring 6 and 7.
      request.getHeaders().forEach(headers::addAll);
    }

    Boolean take(String token) {
      headers.setBearerAuth(token);
      return Boolean.TRUE;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
