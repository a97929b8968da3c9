package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that one request offers, by name. Spring AI's chat client refuses two of one name; its
 * managers, which applications may call themselves, run the first.
 */
final class OfferedTools {
  private final Map<String, List<ToolCallback>> byName = new LinkedHashMap<>();

  OfferedTools(Collection<ToolCallback> offered) {
    offered.forEach(this::add);
  }

  private void add(ToolCallback callback) {
    List<ToolCallback> same =
        byName.computeIfAbsent(callback.getToolDefinition().name(), name -> new ArrayList<>());
    if (same.stream().noneMatch(known -> known == callback)) {
      same.add(callback);
    }
  }

  /** A name that the model made up or was not offered gets a callback too, which never runs. */
  void proposed(String name) {
    if (!byName.containsKey(name)) {
      add(new UnofferedToolCallback(name));
    }
  }

  /** One for each name; of several with one name none will run. */
  List<ToolCallback> callbacks() {
    return byName.values().stream().map(same -> same.get(0)).toList();
  }

  /** What the gate knows of a name. */
  Tool describe(ToolGate gate, String name) {
    List<ToolCallback> same = byName.getOrDefault(name, List.of());
    if (same.isEmpty() || same.get(0) instanceof UnofferedToolCallback) {
      return Tool.unknown(name, ToolSources.SPRING_AI);
    }
    return gate.describe(same.stream().map(ToolSources::definition).toList());
  }
}
