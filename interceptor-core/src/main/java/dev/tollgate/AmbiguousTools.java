package dev.tollgate;

import dev.tollgate.json.Shown;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names that several tools have. Each is told once, as long as there are not too many. */
final class AmbiguousTools {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);
  private static final int MOST = 1000; // a server may invent names without end
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Tool of(List<ToolDefinition> sameName) {
    String name = sameName.get(0).name();
    if (told.size() < MOST && told.add(name)) {
      log.warn(
          "tool {} is registered {} times; every call of it is denied tool_ambiguous: {}",
          Shown.quoted(name),
          sameName.size(),
          sameName.stream()
              .map(one -> "from " + Shown.text(one.source()) + " as " + one.digest())
              .collect(Collectors.joining(", ")));
    }
    String sources =
        sameName.stream()
            .map(ToolDefinition::source)
            .distinct()
            .sorted()
            .collect(Collectors.joining("+"));
    return Tool.ambiguous(name, sources);
  }
}
