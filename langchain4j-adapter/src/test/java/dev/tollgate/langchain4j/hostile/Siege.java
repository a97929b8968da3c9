package dev.tollgate.langchain4j.hostile;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.testkit.BesiegedGate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A gate under attack that the adapter has installed, and tools for it. */
final class Siege extends BesiegedGate {
  Siege() {
    this(AdapterSettings.DEFAULT);
  }

  Siege(AdapterSettings settings) {
    TollgateLangChain4j.install(gate, settings);
    audit.entries().clear();
  }

  ToolExecutor body(String tool) {
    return (request, memoryId) -> runs(tool);
  }

  /** Tools that are registered by hand. */
  Map<ToolSpecification, ToolExecutor> tools(String... names) {
    Map<ToolSpecification, ToolExecutor> tools = new LinkedHashMap<>();
    for (String name : names) {
      tools.put(specification(name), body(name));
    }
    return tools;
  }

  static ToolSpecification specification(String name) {
    return ToolSpecification.builder().name(name).description("does " + name).build();
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
    super.close();
  }
}
