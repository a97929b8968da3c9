package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.Json;
import dev.langchain4j.internal.JsonSchemaElementJsonUtils;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.tollgate.tool.AnnotatedEffect;
import dev.tollgate.tool.ToolDefinition;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tools of one invocation as the framework's registry holds them. */
final class ToolDefinitions {
  private final Map<String, List<ToolSpecification>> byName = new HashMap<>();
  private final Map<String, ToolExecutor> executors;

  ToolDefinitions(ToolServiceContext tools) {
    this.executors = tools.toolExecutors();
    // Where a name was registered twice the framework keeps both descriptions and one executor.
    tools.availableTools().forEach(tool -> sameName(tool).add(tool));
    for (ToolSpecification tool : tools.effectiveTools()) {
      List<ToolSpecification> known = sameName(tool);
      if (!known.contains(tool)) {
        known.add(tool);
      }
    }
  }

  private List<ToolSpecification> sameName(ToolSpecification tool) {
    return byName.computeIfAbsent(tool.name(), name -> new ArrayList<>());
  }

  /** What is registered under a name: one definition, or several, of which none can be trusted. */
  List<ToolDefinition> of(String name) {
    List<ToolSpecification> registered = byName.getOrDefault(name, List.of());
    return registered.isEmpty() ? undescribed(name) : of(registered, executors.get(name));
  }

  static List<ToolDefinition> undescribed(String name) {
    return List.of(new ToolDefinition(name, "", "", ToolOrigin.LANGCHAIN4J));
  }

  /**
   * What is registered under one name, made when it is looked at: most tools are never called.
   *
   * @param executor what runs them; {@code null} if that is not known
   */
  static List<ToolDefinition> of(
      List<ToolSpecification> sameName, @Nullable ToolExecutor executor) {
    return new AbstractList<>() {
      @Override
      public ToolDefinition get(int index) {
        return of(sameName.get(index), ToolOrigin.of(executor).source());
      }

      @Override
      public int size() {
        return sameName.size();
      }
    };
  }

  static ToolDefinition of(ToolSpecification specification, String source) {
    @Nullable String description = specification.description();
    @Nullable JsonObjectSchema schema = specification.parameters();
    return new ToolDefinition(
        specification.name(),
        description == null ? "" : description,
        schema == null ? "" : Json.toJson(JsonSchemaElementJsonUtils.toMap(schema)),
        source,
        annotations(specification));
  }

  /** LangChain4j's MCP client puts a server's hints among the metadata, under MCP's own names. */
  private static Set<String> annotations(ToolSpecification specification) {
    TreeSet<String> found = new TreeSet<>();
    @Nullable Map<String, Object> metadata = specification.metadata();
    if (metadata != null) {
      for (String hint : AnnotatedEffect.HINTS) {
        if (metadata.containsKey(hint)) {
          found.add(hint + ":" + metadata.get(hint));
        }
      }
    }
    return found;
  }
}
