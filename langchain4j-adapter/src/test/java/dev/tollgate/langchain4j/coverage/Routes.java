package dev.tollgate.langchain4j.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The table. A family whose API is not on the class path is left out, whatever the version says;
 * its rows are then missing from what the run writes.
 */
final class Routes {
  private static final List<Family> FAMILIES =
      List.of(
          Family.of(RegisteredTools::routes, "dev.langchain4j.service.tool.AiServiceTool"),
          Family.of(FoundTools::routes, "dev.langchain4j.service.tool.search.ToolSearchStrategy"),
          Family.of(SkillTools::routes, "dev.langchain4j.skills.Skills"),
          Family.of(NestedCalls::agentAsTool),
          Family.of(NestedCalls::guardrail, "dev.langchain4j.service.ToolAwareRepromptExecutor"),
          Family.of(AgenticSystems::routes, "dev.langchain4j.agentic.AgenticServices"),
          Family.of(McpTools::routes, "dev.langchain4j.mcp.McpToolProvider"),
          Family.of(Compensations::routes, "dev.langchain4j.agent.tool.CompensateFor"),
          Family.of(OwnLoops::routes),
          Family.of(PlainAgents::routes, "dev.langchain4j.agentic.workflow.HumanInTheLoop"),
          Family.of(RemoteAgent::routes, "dev.langchain4j.agentic.a2a.DefaultA2AClientBuilder"));

  private Routes() {}

  /** Routes that this class path has. */
  static List<Route> present() {
    List<Route> routes = new ArrayList<>();
    for (Family family : FAMILIES) {
      if (family.needs().stream().allMatch(Routes::isThere)) {
        routes.addAll(family.routes().get());
      }
    }
    return routes;
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, Routes.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private record Family(Supplier<List<Route>> routes, List<String> needs) {
    static Family of(Supplier<List<Route>> routes, String... needs) {
      return new Family(routes, Arrays.asList(needs));
    }
  }
}
