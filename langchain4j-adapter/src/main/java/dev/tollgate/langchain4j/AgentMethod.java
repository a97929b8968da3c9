package dev.tollgate.langchain4j;

import dev.langchain4j.agentic.Agent;
import dev.tollgate.tool.ToolDefinition;
import java.lang.reflect.Method;

/** A method that is an agent without a model. Loaded only where there is the agentic module. */
final class AgentMethod {
  private static final String SOURCE = ToolOrigin.LANGCHAIN4J + ":agent";

  private AgentMethod() {}

  static ToolDefinition definition(Method method) {
    Agent agent = method.getAnnotation(Agent.class);
    String name = agent == null || agent.name().isBlank() ? method.getName() : agent.name();
    String description =
        agent == null ? "" : agent.description().isBlank() ? agent.value() : agent.description();
    return new ToolDefinition(name, description, "", SOURCE);
  }
}
