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
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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
    // Where the request really goes: another customizer may have changed that.
    add(body, context, () -> request.copy().build().uri(), request::setHeader);
    return request;
  }

  /**
   * The same for any request.
   *
   * @param target where it really goes
   * @param header sets a header in place of what is there
   */
  static void add(
      @Nullable String body,
      @Nullable McpTransportContext context,
      Supplier<URI> target,
      BiConsumer<String, String> header) {
    CarriedCall call = CarriedCall.in(context);
    if (call != null && body != null && callsATool(body)) {
      add(call, target, header);
    }
  }

  private static void add(
      CarriedCall call, Supplier<URI> target, BiConsumer<String, String> header) {
    @Nullable String delegation = call.delegation();
    if (delegation != null) {
      header.accept(DelegationText.HEADER, delegation);
    }
    @Nullable CallCredential credential = call.credential();
    if (credential != null) {
      URI to = target.get();
      if (credential.isFor(to)) {
        credential.bearer(
            SecretAccess.granted(),
            to,
            token -> {
              header.accept("Authorization", "Bearer " + token);
              return Boolean.TRUE;
            });
      }
    }
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
