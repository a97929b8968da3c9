package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.Json;
import dev.langchain4j.internal.JsonSchemaElementJsonUtils;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.tollgate.tool.ToolDefinition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of one invocation as the framework's registry holds them. */
final class ToolDefinitions {
  /** An MCP tool's executor does not say which server it asks, so it is one of these as well. */
  static final String SOURCE = "langchain4j";

  private final Map<String, ToolSpecification> byName = new HashMap<>();

  ToolDefinitions(ToolServiceContext tools) {
    // Where a name was registered twice the later executor won, so the later description counts.
    tools.availableTools().forEach(this::add);
    tools.effectiveTools().forEach(this::add);
  }

  private void add(ToolSpecification specification) {
    byName.put(specification.name(), specification);
  }

  ToolDefinition of(String name) {
    ToolSpecification specification = byName.get(name);
    return specification == null ? undescribed(name) : of(specification);
  }

  static ToolDefinition undescribed(String name) {
    return new ToolDefinition(name, "", "", SOURCE);
  }

  static ToolDefinition of(ToolSpecification specification) {
    @Nullable String description = specification.description();
    @Nullable JsonObjectSchema schema = specification.parameters();
    return new ToolDefinition(
        specification.name(),
        description == null ? "" : description,
        schema == null ? "" : Json.toJson(JsonSchemaElementJsonUtils.toMap(schema)),
        SOURCE);
  }
}
