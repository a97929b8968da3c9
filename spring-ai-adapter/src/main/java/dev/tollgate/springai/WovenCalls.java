package dev.tollgate.springai;

import dev.tollgate.springai.weave.ActiveCall;
import dev.tollgate.springai.weave.CallRest;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;

/**
 * Calls that no bean of a container is on the way of. For the aspects, not for applications.
 * Thread-safe.
 */
public final class WovenCalls {
  private WovenCalls() {}

  /** Takes a turn's calls through the gate, unless a guard around the manager has. */
  public static ToolExecutionResult execute(
      ToolCallingManager manager,
      Prompt prompt,
      ChatResponse response,
      BiFunction<Prompt, ChatResponse, ToolExecutionResult> rest) {
    WovenGate gate = WovenGate.process();
    if (new ModelTurn(prompt, response).decided() || gate.off()) {
      return rest.apply(prompt, response);
    }
    Gateway gateway = gate.gateway();
    return gateway == null
        ? rest.apply(NoGateCallback.instead(prompt, response), response)
        : new GuardedToolCallingManager(new WovenManager(manager, rest), gateway)
            .executeToolCalls(prompt, response);
  }

  /** Takes one call through the gate, or is a step of one that was. */
  public static String call(
      ToolCallback callback,
      @Nullable String arguments,
      @Nullable ToolContext context,
      CallRest rest) {
    if (ActiveCall.continues(callback, arguments)) {
      try (ActiveCall step = ActiveCall.step(callback, arguments)) {
        return String.valueOf(rest.apply(arguments, context));
      }
    }
    WovenGate gate = WovenGate.process();
    if (gate.off()) {
      return String.valueOf(rest.apply(arguments, context));
    }
    Gateway gateway = gate.gateway();
    return gateway == null
        ? WovenGate.NO_GATE.forModel()
        : OneCall.through(gateway, callback, arguments, context, rest);
  }
}
