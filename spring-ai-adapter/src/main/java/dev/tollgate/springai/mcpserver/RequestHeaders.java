package dev.tollgate.springai.mcpserver;

import dev.tollgate.delegation.DelegationText;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The delegation's header. Spring AI's transports hand no headers on by themselves: on a servlet's
 * thread they come from the request, on WebFlux from its {@link RequestContext}, elsewhere from a
 * context extractor of the application that keeps the header under its name.
 */
final class RequestHeaders {
  private static final boolean SERVLET =
      present("jakarta.servlet.http.HttpServletRequest")
          && present("org.springframework.web.context.request.RequestContextHolder");

  private RequestHeaders() {}

  private static boolean present(String type) {
    return ClassUtils.isPresent(type, RequestHeaders.class.getClassLoader());
  }

  /** Of the request that this thread works on; empty without the header. */
  static Map<String, Object> here(@Nullable McpTransportContext transport) {
    Map<String, Object> headers = new HashMap<>();
    Object extracted = transport == null ? null : transport.get(DelegationText.HEADER);
    if (extracted != null) {
      headers.put(DelegationText.HEADER, extracted);
    } else if (SERVLET) {
      Servlet.read(headers);
    }
    return headers;
  }

  /** Loaded only where the classes it names are there. */
  private static final class Servlet {
    static void read(Map<String, Object> into) {
      RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
      if (attributes != null
          && attributes.resolveReference(RequestAttributes.REFERENCE_REQUEST)
              instanceof HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(DelegationText.HEADER));
        if (!values.isEmpty()) {
          // Several are no text, which nothing accepts: nobody says which one counts.
          into.put(DelegationText.HEADER, values.size() == 1 ? values.get(0) : values);
        }
      }
    }
  }
}
