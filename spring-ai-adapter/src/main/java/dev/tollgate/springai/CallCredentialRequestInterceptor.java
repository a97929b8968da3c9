package dev.tollgate.springai;

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

/**
 * Gives a tool's HTTP requests the credential of the call it runs in: to the server the credential
 * is for, and to no other. Boot's {@code RestClient.Builder} has it; add it to clients that you
 * build yourself.
 */
public final class CallCredentialRequestInterceptor implements ClientHttpRequestInterceptor {
  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    HttpHeaders headers = request.getHeaders();
    URI target = request.getURI();
    Optional<CallCredential> credential =
        CallCredential.current().filter(found -> found.isFor(target));
    if (credential.isEmpty() || headers.getFirst(HttpHeaders.AUTHORIZATION) != null) {
      return execution.execute(request, body);
    }
    credential
        .get()
        .bearer(
            SecretAccess.granted(),
            target,
            token -> {
              headers.setBearerAuth(token);
              return Boolean.TRUE;
            });
    try {
      return execution.execute(request, body);
    } finally {
      // Whoever keeps the request, such as an interceptor that logs, keeps no token.
      headers.remove(HttpHeaders.AUTHORIZATION);
    }
  }
}
