package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that one request offers. Spring AI's chat client refuses two of one name; its managers,
 * which applications may call themselves, run the first.
 */
final class OfferedTools {
  private final List<ToolCallback> offered;

  OfferedTools(List<ToolCallback> offered) {
    this.offered = offered;
  }

  /** The first of a name; for one that the model made up or was not offered, what never runs. */
  ToolCallback callback(String name) {
    for (ToolCallback callback : offered) {
      if (callback.getToolDefinition().name().equals(name)) {
        return callback;
      }
    }
    return new UnofferedToolCallback(name);
  }

  /** All that are offered, guarded, and those that were only proposed. */
  List<ToolCallback> guarded(Batch batch, List<AssistantMessage.ToolCall> proposed) {
    List<ToolCallback> guarded = new ArrayList<>(offered.size() + 1);
    for (ToolCallback callback : offered) {
      guarded.add(new GuardedToolCallback(callback, batch));
    }
    for (AssistantMessage.ToolCall call : proposed) {
      ToolCallback callback = callback(call.name());
      if (callback instanceof UnofferedToolCallback) {
        guarded.add(new GuardedToolCallback(callback, batch));
      }
    }
    return guarded;
  }

  /** What the gate knows of one that a model may be told of, also of one that is no callback. */
  Tool describe(ToolGate gate, org.springframework.ai.tool.definition.ToolDefinition definition) {
    Tool known = describe(gate, definition.name());
    return known.standing() == Tool.Standing.UNKNOWN
        ? gate.describe(ToolSources.definition(definition, ToolSources.SPRING_AI))
        : known;
  }

  /** What the gate knows of a name; of several with one name none will run. */
  @SuppressWarnings("ReferenceEquality") // one that is listed twice is one tool
  Tool describe(ToolGate gate, String name) {
    ToolCallback first = callback(name);
    if (first instanceof UnofferedToolCallback) {
      return Tool.unknown(name, ToolSources.SPRING_AI);
    }
    List<ToolDefinition> others = null;
    for (ToolCallback callback : offered) {
      if (callback != first && callback.getToolDefinition().name().equals(name)) {
        if (others == null) {
          others = new ArrayList<>();
          others.add(ToolSources.definition(first));
        }
        others.add(ToolSources.definition(callback));
      }
    }
    return others == null ? ToolSources.describe(gate, first) : gate.describe(others);
  }
}
