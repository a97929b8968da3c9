package dev.tollgate.springai.mcp;

import java.lang.reflect.Field;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * How a {@code WebClient} makes its requests. A client that follows redirects takes headers along
 * to whatever host it is sent to; what cannot be told follows them.
 */
final class Connectors {
  private static final String REACTOR =
      "org.springframework.http.client.reactive.ReactorClientHttpConnector";
  private static final String NETTY = "reactor.netty.http.client.HttpClient";

  private Connectors() {}

  /** The connector, or what Spring takes where there is none; {@code null} if it redirects. */
  static @Nullable ClientHttpConnector withoutRedirects(WebClient.Builder builder) {
    Field connector = ReflectionUtils.findField(builder.getClass(), "connector");
    Field exchange = ReflectionUtils.findField(builder.getClass(), "exchangeFunction");
    if (connector == null
        || exchange == null
        || !connector.trySetAccessible()
        || !exchange.trySetAccessible()
        || ReflectionUtils.getField(exchange, builder) != null) {
      return null;
    }
    Object own = ReflectionUtils.getField(connector, builder);
    if (own == null) {
      return byDefault();
    }
    return own instanceof ClientHttpConnector found && !follows(found) ? found : null;
  }

  /** Others that Spring may take follow redirects unless they are told not to. */
  private static ClientHttpConnector byDefault() {
    ClassLoader loader = Connectors.class.getClassLoader();
    return ClassUtils.isPresent(NETTY, loader)
        ? (ClientHttpConnector)
            BeanUtils.instantiateClass(ClassUtils.resolveClassName(REACTOR, loader))
        : new JdkClientHttpConnector();
  }

  private static boolean follows(ClientHttpConnector connector) {
    if (connector instanceof CallConnector) {
      return false; // which was only put around one that does not
    }
    @Nullable Object client = McpFields.of(connector, "httpClient");
    if (client instanceof HttpClient jdk) {
      return jdk.followRedirects() != HttpClient.Redirect.NEVER;
    }
    return client == null
        || !connector.getClass().getName().equals(REACTOR)
        || nettyFollows(client);
  }

  /** By name: it need not be there. */
  private static boolean nettyFollows(Object client) {
    try {
      Class<?> type = ClassUtils.resolveClassName(NETTY, client.getClass().getClassLoader());
      Object configuration = type.getMethod("configuration").invoke(client);
      return configuration.getClass().getMethod("followRedirectPredicate").invoke(configuration)
          != null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return true;
    }
  }
}
