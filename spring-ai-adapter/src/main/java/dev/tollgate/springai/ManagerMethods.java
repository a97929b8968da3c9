package dev.tollgate.springai;

import static dev.tollgate.spring.CoveredPath.uncovered;

import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.ai.model.tool.ToolCallingManager;

/**
 * Whether this Spring AI can have tools executed by a method that the guard does not know: it would
 * be inherited as it stands.
 */
final class ManagerMethods implements CoveredPaths {
  private final Class<?> api;

  private ManagerMethods(Class<?> api) {
    this.api = api;
  }

  static ManagerMethods here() {
    return of(ToolCallingManager.class);
  }

  static ManagerMethods of(Class<?> api) {
    return new ManagerMethods(api);
  }

  @Override
  public String framework() {
    return "Spring AI";
  }

  @Override
  public List<CoveredPath> paths() {
    List<CoveredPath> paths = new ArrayList<>();
    for (Method method : api.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && method.getName().startsWith("execute")
          && !guarded(method)) {
        paths.add(uncovered(shown(method), "is not known to this version of Tollgate"));
      }
    }
    return paths;
  }

  private static boolean guarded(Method method) {
    return Arrays.stream(GuardedToolCallingManager.class.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  private static String shown(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", "ToolCallingManager." + method.getName() + "(", ")"));
  }
}
