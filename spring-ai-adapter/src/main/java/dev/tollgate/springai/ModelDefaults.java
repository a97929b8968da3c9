package dev.tollgate.springai;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.util.ReflectionUtils;

/**
 * The options that a model uses where a request says nothing.
 *
 * @param inRequests whether a chat client puts them into its requests, as Spring AI 2.0 does; 1.1
 *     leaves that to the model, behind all advisors
 */
record ModelDefaults(@Nullable ChatOptions options, boolean inRequests) {
  private static final @Nullable Method NEW =
      ReflectionUtils.findMethod(ChatModel.class, "getOptions");
  private static final @Nullable Method OLD =
      ReflectionUtils.findMethod(ChatModel.class, "getDefaultOptions");

  static ModelDefaults of(ChatModel model) {
    return new ModelDefaults(read(NEW == null ? OLD : NEW, model), NEW != null);
  }

  private static @Nullable ChatOptions read(@Nullable Method getter, ChatModel model) {
    return getter != null
            && ReflectionUtils.invokeMethod(getter, model) instanceof ChatOptions options
        ? options
        : null;
  }
}
