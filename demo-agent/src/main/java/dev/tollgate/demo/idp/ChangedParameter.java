package dev.tollgate.demo.idp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request in which one form parameter has other values. */
final class ChangedParameter extends HttpServletRequestWrapper {
  private final Map<String, String[]> parameters;

  ChangedParameter(HttpServletRequest request, String name, String... values) {
    super(request);
    Map<String, String[]> changed = new LinkedHashMap<>(request.getParameterMap());
    changed.put(name, values);
    parameters = Collections.unmodifiableMap(changed);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return parameters.get(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null || values.length == 0 ? null : values[0];
  }
}
