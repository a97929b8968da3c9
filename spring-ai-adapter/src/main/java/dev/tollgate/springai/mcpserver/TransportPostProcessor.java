package dev.tollgate.springai.mcpserver;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import java.lang.reflect.Field;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ReflectionUtils;

/**
 * Has the transports of MCP servers on WebFlux hand on what their requests say. They keep what they
 * ask for it in a field that only their builders set; where it is gone, a synchronous tool is
 * nobody's, and its call is denied.
 */
final class TransportPostProcessor implements BeanPostProcessor {
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!bean.getClass().getSimpleName().startsWith("WebFlux")) {
      return bean;
    }
    Field field =
        ReflectionUtils.findField(
            bean.getClass(), "contextExtractor", McpTransportContextExtractor.class);
    if (field != null
        && field.trySetAccessible()
        && ReflectionUtils.getField(field, bean) instanceof McpTransportContextExtractor<?> own
        && !(own instanceof Extracting<?>)) {
      ReflectionUtils.setField(field, bean, new Extracting<>(own));
    }
    return bean;
  }

  /** The application's own extractor comes first. */
  private record Extracting<R>(McpTransportContextExtractor<R> own)
      implements McpTransportContextExtractor<R> {
    @Override
    public McpTransportContext extract(R request) {
      return RequestContext.Extraction.of(own.extract(request), request);
    }
  }
}
