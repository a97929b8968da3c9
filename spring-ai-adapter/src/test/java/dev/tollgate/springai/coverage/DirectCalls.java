package dev.tollgate.springai.coverage;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.augment.AugmentedToolCallback;

/** Callbacks that code calls itself. */
final class DirectCalls {
  private DirectCalls() {}

  static List<Route> routes() {
    return List.of(
        route("@Tool object", Deed::method),
        route("function", Deed::function),
        route("own ToolCallback", Deed::own));
  }

  /** A callback around another one: decided once, and the inner one runs inside it. */
  static List<Route> augmented() {
    return List.of(route("AugmentedToolCallback", Augmenting::around));
  }

  private static Route route(String what, Function<Trial, ToolCallback> callback) {
    return Route.of(
            "callback.call: " + what,
            Route.Layer.ASPECTJ,
            (trial, streamed) ->
                trial.inTask(
                    () -> {
                      ToolCallback called = callback.apply(trial);
                      trial.arm();
                      return called.call(Deed.ARGUMENTS, new ToolContext(Map.of()));
                    }))
        .resumedWith(trial -> List.of(callback.apply(trial)));
  }

  /** Loaded only where the class it names is there. */
  private static final class Augmenting {
    record Why(String why) {}

    static ToolCallback around(Trial trial) {
      return new AugmentedToolCallback<>(Deed.method(trial), Why.class, event -> {}, true);
    }
  }
}
