package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tool that all is about, in the forms that the framework takes. */
public final class Deed {
  static final String NAME = "act";
  static final String ARGUMENTS = "{\"what\":\"it\"}";
  static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder()
          .name(NAME)
          .description("Does it")
          .parameters(JsonObjectSchema.builder().addStringProperty("what").build())
          .build();
  private final Trial trial;

  Deed(Trial trial) {
    this.trial = trial;
  }

  @Tool("Does it")
  public String act(@P("what") String what) {
    return trial.body();
  }

  static ToolExecutor executor(Trial trial) {
    return (request, memoryId) -> trial.body();
  }

  static Map<ToolSpecification, ToolExecutor> byHand(Trial trial) {
    return Map.of(SPECIFICATION, executor(trial));
  }

  static Map<ToolSpecification, ToolExecutor> annotated(Trial trial) {
    return asMap(ToolService.findTools(new Deed(trial)));
  }

  static Map<ToolSpecification, ToolExecutor> asMap(List<AiServiceTool> tools) {
    return tools.stream()
        .collect(Collectors.toMap(AiServiceTool::toolSpecification, AiServiceTool::toolExecutor));
  }
}
