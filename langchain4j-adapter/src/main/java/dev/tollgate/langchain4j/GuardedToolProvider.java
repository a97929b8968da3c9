package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dynamic provider, which the framework asks again between model calls without asking us. */
record GuardedToolProvider(ToolProvider provider, Passage passage) implements ToolProvider {

  @Override
  public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
    @Nullable ToolProviderResult tools = provider.provideTools(request);
    return tools == null
        ? null
        : new ToolProviderResult(tools.aiServiceTools().stream().map(this::guarded).toList());
  }

  private AiServiceTool guarded(AiServiceTool tool) {
    ToolExecutor executor = tool.toolExecutor();
    return executor instanceof GatedExecutor
        ? tool
        : tool.toBuilder()
            .toolExecutor(
                new GuardedToolExecutor(
                    executor,
                    ToolDefinitions.of(List.of(tool.toolSpecification()), executor),
                    passage))
            .build();
  }

  @Override
  public boolean isDynamic() {
    return provider.isDynamic();
  }
}
