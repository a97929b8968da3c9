package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.search.ToolSearchRequest;
import dev.langchain4j.service.tool.search.ToolSearchResult;
import dev.langchain4j.service.tool.search.simple.SimpleToolSearchStrategy;
import java.util.List;

/** Tools that come up while an AI service is at work. */
final class FoundTools {
  private FoundTools() {}

  static List<Route> routes() {
    return List.of(dynamic(), search(), found());
  }

  private static Route dynamic() {
    return Route.spi(
            "dynamic provider",
            (trial, streamed) ->
                Talk.with(
                    streamed,
                    new Script().asks("first", "{}").acts(trial, Deed.NAME),
                    tools -> tools.toolProvider(new Growing(trial))))
        .streaming()
        .resumedWith(Deed::byHand);
  }

  /** Offers the deed after its first tool was used. */
  private static final class Growing implements ToolProvider {
    private final Trial trial;
    private volatile boolean used;

    Growing(Trial trial) {
      this.trial = trial;
    }

    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
      ToolProviderResult.Builder tools =
          ToolProviderResult.builder()
              .add(
                  Deed.SPECIFICATION.toBuilder().name("first").build(),
                  (call, memoryId) -> {
                    used = true;
                    return "";
                  });
      return used ? tools.addAll(Deed.byHand(trial)).build() : tools.build();
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  private static Route search() {
    return Route.spi(
            "tool search: the search",
            (trial, streamed) ->
                Talk.with(
                    streamed,
                    new Script()
                        .acts(trial, Script.call("1", "tool_search_tool", "{\"terms\":[\"act\"]}")),
                    tools ->
                        tools
                            .tools(Deed.byHand(trial))
                            .toolSearchStrategy(new CountedSearch(trial))))
        .streaming();
  }

  /** The framework makes the search's tool; its body is the strategy. */
  private static final class CountedSearch
      implements dev.langchain4j.service.tool.search.ToolSearchStrategy {
    private final SimpleToolSearchStrategy simple = new SimpleToolSearchStrategy();
    private final Trial trial;

    CountedSearch(Trial trial) {
      this.trial = trial;
    }

    @Override
    public List<dev.langchain4j.agent.tool.ToolSpecification> getToolSearchTools(
        dev.langchain4j.invocation.InvocationContext invocation) {
      return simple.getToolSearchTools(invocation);
    }

    @Override
    public ToolSearchResult search(ToolSearchRequest request) {
      trial.body();
      return simple.search(request);
    }
  }

  private static Route found() {
    return Route.spi(
            "tool search: a tool it found",
            (trial, streamed) ->
                Talk.with(
                    streamed,
                    new Script()
                        .asks("tool_search_tool", "{\"terms\":[\"act\"]}")
                        .acts(trial, Deed.NAME),
                    tools ->
                        tools
                            .tools(Deed.byHand(trial))
                            .toolSearchStrategy(new SimpleToolSearchStrategy())))
        .streaming()
        .resumedWith(Deed::byHand);
  }
}
