package dev.tollgate.springai.mcp;

import dev.tollgate.ToolGate;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.delegation.Grant;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The MCP servers of this application. Spring AI's own clients and transports are prepared by it as
 * they are made; an application that makes some itself calls the same methods, last before {@code
 * build()}:
 *
 * <pre>{@code
 * var http = HttpClientStreamableHttpTransport.builder("https://docs.example");
 * connections.transport("docs", http);
 * var client = McpClient.sync(http.build());
 * connections.client("docs", client);
 * }</pre>
 *
 * Thread-safe.
 */
public final class McpConnections {
  private final AllowedMeta meta;
  private final Supplier<ToolGate> gate;
  private final Map<String, Grant> grants = new TreeMap<>();
  private final Set<String> clients = new ConcurrentSkipListSet<>();
  private final Set<String> transports = new ConcurrentSkipListSet<>();
  private final Set<String> redirecting = new ConcurrentSkipListSet<>();
  private volatile boolean requestsPrepared;

  /**
   * @param delegations one for each server that is an agent
   * @throws ConfigurationException if two are for one connection
   */
  McpConnections(AllowedMeta meta, Supplier<ToolGate> gate, Collection<McpDelegation> delegations) {
    this.meta = meta;
    this.gate = gate;
    for (McpDelegation delegation : delegations) {
      if (grants.put(delegation.connection(), delegation.grant()) != null) {
        throw new ConfigurationException(
            "McpDelegation", "beans: two are for the connection " + delegation.connection());
      }
    }
  }

  /** Names a client: its tools then come from {@code mcp:<name>}. */
  public void client(String name, McpClient.SyncSpec spec) {
    Connection connection = named(name, spec);
    spec.toolsChangeConsumer(tools -> connection.changed());
    Supplier<McpTransportContext> own = contexts(spec);
    spec.transportContextProvider(() -> CarriedCall.here(own.get(), connection));
  }

  /** Names a client: its tools then come from {@code mcp:<name>}. */
  public void client(String name, McpClient.AsyncSpec spec) {
    Connection connection = named(name, spec);
    spec.toolsChangeConsumer(tools -> Mono.fromRunnable(connection::changed));
  }

  /** Gives requests what goes along with a call. Redirects are not followed any more. */
  public void transport(String name, HttpClientStreamableHttpTransport.Builder builder) {
    McpAsyncHttpClientRequestCustomizer own = requests(builder);
    if (own != null) {
      builder
          .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
          .asyncHttpRequestCustomizer(new CallRequests(own));
      carries(name);
    }
  }

  /** Gives requests what goes along with a call. Redirects are not followed any more. */
  @SuppressWarnings("deprecation") // as long as servers speak it
  public void transport(String name, HttpClientSseClientTransport.Builder builder) {
    McpAsyncHttpClientRequestCustomizer own = requests(builder);
    if (own != null) {
      builder
          .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
          .asyncHttpRequestCustomizer(new CallRequests(own));
      carries(name);
    }
  }

  /**
   * For transports that take a customizer of requests and nothing else, such as those of Spring AI
   * 1.1: the JDK's client must not follow redirects, as is its default.
   *
   * @param first the application's own, which comes first
   */
  public static McpAsyncHttpClientRequestCustomizer requests(
      McpAsyncHttpClientRequestCustomizer first) {
    return first instanceof CallRequests ? first : new CallRequests(first);
  }

  /** Requests are prepared, whatever transport makes them. */
  void allRequests() {
    requestsPrepared = true;
  }

  /** Calls over this connection get credentials. */
  void carries(String name) {
    transports.add(name);
  }

  /** Calls over this connection get no credentials, which may be taken along to another host. */
  void mayRedirect(String name) {
    redirecting.add(name);
  }

  /** Names of connections, with why calls over them get no credentials; empty where they do. */
  Map<String, String> prepared() {
    Map<String, String> found = new TreeMap<>();
    clients.forEach(name -> found.put(name, without(name)));
    return found;
  }

  private String without(String name) {
    if (redirecting.contains(name)) {
      return "its transport may follow redirects, and gives no credentials";
    }
    boolean carries = requestsPrepared || transports.contains(name);
    return carries ? "" : "its transport gives no credentials";
  }

  /** Connections that a delegation is for and that there are not. */
  List<String> missing() {
    return grants.keySet().stream().filter(name -> !clients.contains(name)).toList();
  }

  private Connection named(String name, Object spec) {
    Connection connection = new Connection(name, meta, gate, grants.get(name));
    @Nullable Object introduction = McpFields.of(spec, "clientInfo");
    if (introduction != null) {
      NamedClients.name(introduction, connection);
      clients.add(name);
    }
    return connection;
  }

  private static Supplier<McpTransportContext> contexts(McpClient.SyncSpec spec) {
    @SuppressWarnings("unchecked") // the builder's own field
    Supplier<McpTransportContext> own =
        (Supplier<McpTransportContext>) McpFields.of(spec, "contextProvider");
    return own == null ? () -> McpTransportContext.EMPTY : own;
  }

  /** What the application has set; {@code null} if that cannot be told, then it stays as it is. */
  private static @Nullable McpAsyncHttpClientRequestCustomizer requests(Object builder) {
    Object own = McpFields.of(builder, "httpRequestCustomizer");
    return own instanceof McpAsyncHttpClientRequestCustomizer found ? found : null;
  }
}
