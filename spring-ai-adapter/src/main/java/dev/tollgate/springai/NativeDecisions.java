package dev.tollgate.springai;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * The method of a wrapped manager that takes what people decided about a turn, which Spring AI has
 * from 2.1 on. What a decision looks like is that manager's business.
 */
final class NativeDecisions {
  private final ToolCallingManager manager;
  private final Method method;

  private NativeDecisions(ToolCallingManager manager, Method method) {
    this.manager = manager;
    this.method = method;
  }

  /**
   * @throws UnsupportedOperationException if the manager has no such method
   */
  static NativeDecisions of(ToolCallingManager manager, Class<?> kind) {
    Method declared = find(ToolCallingManager.class, kind);
    Method found = declared == null ? find(manager.getClass(), kind) : declared;
    if (found == null || !ToolExecutionResult.class.isAssignableFrom(found.getReturnType())) {
      throw new UnsupportedOperationException(
          "the wrapped ToolCallingManager takes no decisions in a " + kind.getSimpleName());
    }
    return new NativeDecisions(manager, found);
  }

  private static @Nullable Method find(Class<?> type, Class<?> kind) {
    try {
      return type.getMethod("executeToolCalls", Prompt.class, ChatResponse.class, kind);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  ToolExecutionResult execute(Prompt prompt, ChatResponse response, Object decisions) {
    try {
      return (ToolExecutionResult) method.invoke(manager, prompt, response, decisions);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw NativeDecisions.<RuntimeException>unchanged(cause == null ? e : cause);
    } catch (IllegalAccessException e) {
      throw new UnsupportedOperationException("the wrapped ToolCallingManager is not public", e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException unchanged(Throwable cause) throws E {
    throw (E) cause;
  }
}
