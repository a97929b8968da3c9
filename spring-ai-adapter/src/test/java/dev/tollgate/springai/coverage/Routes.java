package dev.tollgate.springai.coverage;

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
          Family.of(Clients::routes),
          Family.of(
              OwnAdvisors::routes, "org.springframework.ai.chat.client.advisor.ToolCallingAdvisor"),
          Family.of(
              OldAdvisor::routes, "org.springframework.ai.chat.client.advisor.ToolCallAdvisor"),
          Family.of(OwnLoops::routes),
          Family.of(DirectCalls::routes),
          Family.of(
              DirectCalls::augmented, "org.springframework.ai.tool.augment.AugmentedToolCallback"),
          Family.of(ByName::routes),
          Family.of(
              ProviderOption::routes,
              "org.springframework.ai.chat.client.advisor.ToolCallingAdvisor"),
          Family.of(McpClients::routes, "org.springframework.ai.mcp.SyncMcpToolCallback"),
          Family.of(McpServers::routes, "org.springframework.ai.mcp.McpToolUtils"),
          Family.of(GuardedAdds::routes, "org.springframework.ai.mcp.McpToolUtils"));

  private Routes() {}

  /** Routes that this class path has. */
  static List<Route> present() {
    List<Route> routes = new ArrayList<>();
    for (Family family : FAMILIES) {
      if (family.needs().stream().allMatch(Line::has)) {
        routes.addAll(family.routes().get());
      }
    }
    return routes;
  }

  private record Family(Supplier<List<Route>> routes, List<String> needs) {
    static Family of(Supplier<List<Route>> routes, String... needs) {
      return new Family(routes, Arrays.asList(needs));
    }
  }
}
