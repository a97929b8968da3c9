package dev.tollgate.langchain4j.mcp;

import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.McpHeadersSupplier;
import dev.langchain4j.mcp.client.McpMetaSupplier;
import dev.langchain4j.mcp.protocol.McpClientRequest;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.secret.SecretAccess;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server, and what a call of its tools or resources takes along: the credential that was
 * issued for the call, to the origin that it is for, and a delegation if the server is an agent.
 * Nothing goes along when the client initialises, lists or pings, nor outside a call of the gate.
 *
 * <pre>{@code
 * TollgateMcp docs = TollgateMcp.server("https://docs.example/mcp");
 * StreamableHttpMcpTransport.builder().url(docs.url()).customHeaders(docs.headers())
 * DefaultMcpClient.builder().key("docs").metaSupplier(docs.meta())
 * }</pre>
 *
 * Immutable, but for what it remembers of requests on the way. Thread-safe.
 */
public final class TollgateMcp {
  /** The header that a delegation travels in, as the Transaction Tokens draft has it. */
  public static final String HEADER = DelegationText.HEADER;

  /** The member of {@code _meta} that a delegation travels in. */
  public static final String META = DelegationText.METADATA;

  private final @Nullable URI url;
  private final SentRequests sent;

  private TollgateMcp(@Nullable URI url, @Nullable Grant grant) {
    this.url = url;
    this.sent = new SentRequests(grant);
  }

  /**
   * A server that is spoken to over HTTP.
   *
   * @param url the very URL that the transport is built with
   */
  public static TollgateMcp server(String url) {
    URI parsed = URI.create(url);
    if (parsed.getHost() == null) {
      throw new IllegalArgumentException("a server has a URL with a host");
    }
    return new TollgateMcp(parsed, null);
  }

  /** A server that is a child process. It gets no credential, since that has no origin. */
  public static TollgateMcp process() {
    return new TollgateMcp(null, null);
  }

  /**
   * The same server, as an agent that parts of the task are handed on to: with each call it gets a
   * signed context of its own, as much of the grant as the calling agent has itself.
   */
  public TollgateMcp delegating(Grant to) {
    return new TollgateMcp(url, to);
  }

  /**
   * For {@code url(…)} of the transport's builder.
   *
   * @throws IllegalStateException if it is a child process
   */
  public String url() {
    if (url == null) {
      throw new IllegalStateException("a child process has no URL");
    }
    return url.toString();
  }

  /**
   * For {@code customHeaders(…)} of an HTTP transport's builder, without {@code followRedirects}:
   * the JDK's client would carry the headers to wherever a server points.
   */
  public McpHeadersSupplier headers() {
    return this::headers;
  }

  /** For {@code metaSupplier(…)} of the client's builder. */
  public McpMetaSupplier meta() {
    return this::meta;
  }

  private Map<String, String> headers(@Nullable McpCallContext context) {
    Map<String, String> headers = new HashMap<>();
    sent.inCall(
        context,
        delegation -> {
          if (delegation != null) {
            headers.put(HEADER, delegation);
          }
          authorize(headers);
        });
    return headers;
  }

  private void authorize(Map<String, String> headers) {
    URI target = url;
    Optional<CallCredential> credential = CallCredential.current();
    if (target != null && credential.isPresent() && credential.get().isFor(target)) {
      credential
          .get()
          .bearer(
              SecretAccess.granted(),
              target,
              token -> {
                headers.put("Authorization", "Bearer " + token);
                return token.length();
              });
    }
  }

  private Map<String, Object> meta(@Nullable McpCallContext context) {
    Map<String, Object> meta = new HashMap<>();
    sent.inCall(
        context,
        delegation -> {
          if (delegation != null) {
            meta.put(META, delegation);
          }
        });
    if (!meta.isEmpty()
        && context != null
        && context.message() instanceof McpClientRequest request
        && request.getParams() != null
        && request.getParams().getMeta() != null) {
      request.getParams().getMeta().forEach(meta::putIfAbsent); // the client's progress token
    }
    return meta;
  }
}
