package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolServiceContext;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A method of the framework that the adapter overrides, exactly as it must be there. */
record OverriddenMethod(String name, Class<?> returns, List<Class<?>> parameters) {
  static final List<OverriddenMethod> ALL =
      List.of(
          new OverriddenMethod(
              "createContext",
              ToolServiceContext.class,
              List.of(InvocationContext.class, UserMessage.class, List.class)),
          new OverriddenMethod(
              "executeTool",
              ToolExecutionResult.class,
              List.of(
                  InvocationContext.class,
                  Map.class,
                  ToolExecutionRequest.class,
                  Consumer.class,
                  Consumer.class)),
          new OverriddenMethod(
              "applyToolHallucinationStrategy",
              ToolExecutionResult.class,
              List.of(ToolExecutionRequest.class)));

  boolean existsIn(Class<?> type) {
    return Arrays.stream(type.getMethods()).anyMatch(this::matches);
  }

  private boolean matches(Method method) {
    return method.getName().equals(name)
        && method.getReturnType() == returns
        && List.of(method.getParameterTypes()).equals(parameters)
        && (method.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0;
  }

  @Override
  public String toString() {
    return parameters.stream()
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
