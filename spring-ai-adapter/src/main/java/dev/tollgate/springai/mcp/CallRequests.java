package dev.tollgate.springai.mcp;

import dev.tollgate.credential.CallCredential;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.secret.SecretAccess;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Puts on a {@code tools/call} what goes along with it, after the application's own customizer: the
 * credential of the call in place of a standing one, to the origin it is for and to no other, and
 * the delegation. Nothing goes along with any other request, nor outside a call of the gate.
 */
final class CallRequests implements McpAsyncHttpClientRequestCustomizer {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(4 * 1024 * 1024, 200));

  private final McpAsyncHttpClientRequestCustomizer first;

  CallRequests(McpAsyncHttpClientRequestCustomizer first) {
    this.first = first;
  }

  @Override
  public Publisher<HttpRequest.Builder> customize(
      HttpRequest.Builder builder,
      String method,
      URI endpoint,
      @Nullable String body,
      McpTransportContext context) {
    return Mono.from(first.customize(builder, method, endpoint, body, context))
        .map(request -> add(request, body, context));
  }

  /** What goes along, if this request is a call of a tool inside a call of the gate. */
  static HttpRequest.Builder add(
      HttpRequest.Builder request, @Nullable String body, @Nullable McpTransportContext context) {
    CarriedCall call = CarriedCall.in(context);
    return call == null || body == null || !callsATool(body) ? request : added(request, call);
  }

  private static HttpRequest.Builder added(HttpRequest.Builder request, CarriedCall call) {
    @Nullable String delegation = call.delegation();
    if (delegation != null) {
      request.setHeader(DelegationText.HEADER, delegation);
    }
    @Nullable CallCredential credential = call.credential();
    if (credential != null) {
      // Where the request really goes: another customizer may have changed that.
      URI target = request.copy().build().uri();
      if (credential.isFor(target)) {
        credential.bearer(
            SecretAccess.granted(),
            target,
            token -> request.setHeader("Authorization", "Bearer " + token));
      }
    }
    return request;
  }

  /** Also a client that initialises or lists on the way to a call does it without the call's. */
  private static boolean callsATool(String body) {
    try {
      return JSON.parseObject(body).get("method") instanceof JsonValue.Text method
          && method.value().equals("tools/call");
    } catch (JsonRefusedException e) {
      return false; // then it goes without
    }
  }
}
