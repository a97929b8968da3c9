package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.skills.Skill;
import dev.langchain4j.skills.Skills;
import java.util.List;
import java.util.function.Supplier;

/** A skill that the model reads up on, and the tool that comes with it. */
final class SkillTools {
  private static final String ACTIVATE = "activate_skill";
  private static final String WHICH = "{\"skill_name\":\"acting\"}";

  private SkillTools() {}

  static List<Route> routes() {
    return List.of(
        Route.spi(
                "skill: activate_skill",
                (trial, streamed) ->
                    talk(
                        trial,
                        streamed,
                        new Script().acts(trial, Script.call("1", ACTIVATE, WHICH)),
                        trial::body))
            .streaming()
            .resumedWith(
                trial ->
                    Deed.asMap(
                        provider(trial, trial::body).provideTools(nothingSaid()).aiServiceTools())),
        Route.spi(
                "skill: its tool",
                (trial, streamed) ->
                    talk(
                        trial,
                        streamed,
                        new Script().asks(ACTIVATE, WHICH).acts(trial, Deed.NAME),
                        () -> "how to act"))
            .streaming()
            .resumedWith(Deed::byHand));
  }

  private static void talk(Trial trial, boolean streamed, Script script, Supplier<String> content) {
    Talk.with(streamed, script, tools -> tools.toolProvider(provider(trial, content)));
  }

  private static ToolProviderRequest nothingSaid() {
    return ToolProviderRequest.builder()
        .invocationContext(InvocationContext.builder().build())
        .userMessage(UserMessage.from("go"))
        .build();
  }

  private static ToolProvider provider(Trial trial, Supplier<String> content) {
    return Skills.from(new Acting(trial, content)).toolProvider();
  }

  /** The body of the framework's own tool is to read the content. */
  private record Acting(Trial trial, Supplier<String> reading) implements Skill {
    @Override
    public String name() {
      return "acting";
    }

    @Override
    public String description() {
      return "How to act";
    }

    @Override
    public String content() {
      return reading.get();
    }

    @Override
    public List<ToolProvider> toolProviders() {
      return List.of(request -> ToolProviderResult.builder().addAll(Deed.byHand(trial)).build());
    }
  }
}
