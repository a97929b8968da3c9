package dev.tollgate.oauth;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Talks to the token server: bounded in time and size, follows nobody. Thread-safe. */
final class Transport {
  private static final int MAX_BODY = 64 * 1024;
  private final HttpClient client;
  private final Duration requestTimeout;

  Transport(Duration connectTimeout, Duration requestTimeout) {
    this.requestTimeout = requestTimeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // no h2c upgrade, which some servers trip over
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  Answer post(URI uri, Map<String, List<String>> form, String who) throws CredentialException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(URLUtils.serializeParameters(form))),
        who);
  }

  Answer get(URI uri, String who) throws CredentialException {
    return send(HttpRequest.newBuilder(uri).GET(), who);
  }

  private Answer send(HttpRequest.Builder request, String who) throws CredentialException {
    try {
      HttpRequest ready =
          request.header("Accept", "application/json").timeout(requestTimeout).build();
      HttpResponse<byte[]> response =
          await(client.sendAsync(ready, head -> new BoundedBody(MAX_BODY)));
      String contentType = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(response.statusCode(), contentType, response.body());
    } catch (TimeoutException e) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_TIMEOUT, who + " did not come in " + requestTimeout);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause(), who);
    } catch (RuntimeException e) {
      throw failed(e, who);
    }
  }

  /**
   * Waits for the last byte: the client's own timeout ends with the headers. An interrupt waits
   * too, because the call that was cancelled may have a token by now that must be known to be
   * revoked, or be just about to revoke it.
   */
  private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer)
      throws TimeoutException, ExecutionException {
    long end = System.nanoTime() + requestTimeout.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      answer.cancel(true); // closes the connection if there is no answer yet
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static CredentialException failed(Throwable problem, String who) {
    if (problem instanceof HttpTimeoutException) { // connecting, too
      return new CredentialException(ReasonCode.CREDENTIAL_TIMEOUT, who + " did not come in time");
    }
    String what =
        problem instanceof BoundedBody.TooLong
            ? " is longer than 64 KiB"
            : " did not come: " + problem.getClass().getSimpleName();
    return new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, who + what);
  }
}
