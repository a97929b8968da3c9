package dev.tollgate.springai.coverage;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** The tool that all is about, in the forms that the framework takes. */
public final class Deed {
  static final String NAME = "act";
  static final String ARGUMENTS = "{\"what\":\"it\"}";
  private static final String DESCRIPTION = "Does it";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\"}}}";
  private final Trial trial;

  Deed(Trial trial) {
    this.trial = trial;
  }

  @Tool(name = NAME, description = DESCRIPTION)
  public String act(String what) {
    return trial.body();
  }

  /** What {@link FunctionToolCallback} reads the arguments into. */
  record What(String what) {}

  static ToolCallback method(Trial trial) {
    return ToolCallbacks.from(new Deed(trial))[0];
  }

  static List<ToolCallback> methods(Trial trial) {
    return List.of(method(trial));
  }

  static ToolCallback function(Trial trial) {
    return FunctionToolCallback.builder(NAME, (What what) -> trial.body())
        .description(DESCRIPTION)
        .inputType(What.class)
        .build();
  }

  /** As an application writes one itself. */
  static ToolCallback own(Trial trial) {
    return own(NAME, trial::body);
  }

  static ToolCallback own(String name, Supplier<String> body) {
    return new Own(name, body);
  }

  private record Own(String name, Supplier<String> body) implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      return new DefaultToolDefinition(name, DESCRIPTION, SCHEMA);
    }

    @Override
    public String call(String arguments) {
      return body.get();
    }
  }
}
