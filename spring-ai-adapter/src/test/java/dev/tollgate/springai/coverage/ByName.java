package dev.tollgate.springai.coverage;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.util.ReflectionUtils;

/** A tool that is a bean, and that nobody attached to the request. */
final class ByName {
  static final String NAME = "by_name";
  // Only on Spring AI 1.1.
  private static final @Nullable Method NAMES =
      ReflectionUtils.findMethod(ChatClientRequestSpec.class, "toolNames", String[].class);

  private ByName() {}

  static List<Route> routes() {
    Route unoffered =
        Route.of(
                "bean that was not offered (resolution fallback)",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs(NAME);
                  Talk.with(streamed, trial, chat -> chat.tools(new Deed(trial)));
                })
            .streaming()
            .unknownTool();
    Route resolved =
        Route.of(
                "ToolCallbackResolver bean, its callback called",
                Route.Layer.RESOLVER,
                (trial, streamed) ->
                    trial.inTask(
                        () -> {
                          ToolCallback found =
                              Objects.requireNonNull(resolver(trial).resolve(NAME));
                          trial.arm();
                          return found.call(Deed.ARGUMENTS);
                        }))
            .resumedWith(ByName::callbacks);
    return NAMES == null
        ? List.of(unoffered, resolved)
        : List.of(unoffered, resolved, named(NAMES));
  }

  private static Route named(Method names) {
    return Route.of(
            "ChatClient: toolNames",
            Route.Layer.MANAGER,
            (trial, streamed) -> {
              trial.modelActs(NAME);
              Talk.with(
                  streamed,
                  trial,
                  chat ->
                      (ChatClientRequestSpec)
                          ReflectionUtils.invokeMethod(names, chat, (Object) new String[] {NAME}));
            })
        .streaming()
        .resumedWith(ByName::callbacks);
  }

  private static ToolCallbackResolver resolver(Trial trial) {
    return trial.stage().agents().getBean(ToolCallbackResolver.class);
  }

  private static List<ToolCallback> callbacks(Trial trial) {
    return List.of(trial.stage().agents().getBean("byName", ToolCallback.class));
  }
}
