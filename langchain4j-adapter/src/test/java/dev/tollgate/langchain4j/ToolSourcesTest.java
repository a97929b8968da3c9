package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.search.simple.SimpleToolSearchStrategy;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Wherever the framework has an executor from, the gate is around it. */
class ToolSourcesTest {
  interface Assistant {
    String chat(String message);
  }

  private final List<String> ran = new CopyOnWriteArrayList<>();

  private ToolExecutor executor(String name) {
    return (request, memoryId) -> {
      ran.add(name);
      return "ran " + name;
    };
  }

  private ToolProviderResult provides(String name) {
    return ToolProviderResult.builder().add(Specifications.named(name), executor(name)).build();
  }

  private static ScriptedModel inTurn(String... tools) {
    AiMessage[] script = new AiMessage[tools.length + 1];
    for (int i = 0; i < tools.length; i++) {
      script[i] = asks(call("c" + i, tools[i], "{}"));
    }
    script[tools.length] = AiMessage.from("done");
    return ScriptedModel.plays(script);
  }

  @Test
  void guardsAMapOfTools() {
    try (Gated gated = Gated.denying("no")) {
      ScriptedModel model = inTurn("yes", "no");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(
              Map.of(
                  Specifications.named("yes"), executor("yes"),
                  Specifications.named("no"), executor("no")))
          .build()
          .chat("go");
      assertThat(ran).containsExactly("yes");
      assertThat(gated.reasons()).containsExactly("", "policy_forbidden");
    }
  }

  @Test
  void guardsAStaticProvider() {
    try (Gated gated = Gated.denying("no")) {
      AiServices.builder(Assistant.class)
          .chatModel(inTurn("yes", "no"))
          .toolProviders(request -> provides("yes"), request -> provides("no"))
          .build()
          .chat("go");
      assertThat(ran).containsExactly("yes");
      assertThat(gated.reasons()).containsExactly("", "policy_forbidden");
    }
  }

  @Test
  void guardsWhatADynamicProviderAddsOnTheWay() {
    try (Gated gated = Gated.denying("no")) {
      ToolProvider growing =
          new ToolProvider() {
            @Override
            public ToolProviderResult provideTools(ToolProviderRequest request) {
              ToolProviderResult.Builder tools =
                  ToolProviderResult.builder()
                      .add(Specifications.named("first"), executor("first"));
              if (!ran.isEmpty()) {
                tools.add(Specifications.named("yes"), executor("yes"));
                tools.add(Specifications.named("no"), executor("no"));
              }
              return tools.build();
            }

            @Override
            public boolean isDynamic() {
              return true;
            }
          };
      ScriptedModel model = inTurn("yes", "first", "yes", "no", "made-up");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .toolProviders(growing)
          .build()
          .chat("go");
      assertThat(ran).containsExactly("first", "yes");
      assertThat(gated.reasons())
          .containsExactly("tool_unknown", "", "", "policy_forbidden", "tool_unknown");
      assertThat(gated.proposed()).allMatch(p -> p.agent().equals("Assistant"));
    }
  }

  @Test
  void guardsTheToolSearchAndWhatItFinds() {
    try (Gated gated = Gated.denying("no")) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "tool_search_tool", "{\"terms\":[\"yes\",\"no\"]}")),
              asks(call("2", "yes", "{}"), call("3", "no", "{}")),
              AiMessage.from("done"));
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(
              Map.of(
                  Specifications.named("yes"), executor("yes"),
                  Specifications.named("no"), executor("no")))
          .toolSearchStrategy(new SimpleToolSearchStrategy())
          .build()
          .chat("go");
      assertThat(model.requests().get(1).toolSpecifications())
          .extracting(ToolSpecification::name)
          .contains("yes", "no");
      assertThat(ran).containsExactly("yes");
      assertThat(gated.reasons()).containsExactly("", "", "policy_forbidden");
    }
  }

  @Test
  void keepsTheResultObject() {
    try (Gated gated = Gated.permitting()) {
      ToolExecutor several =
          new ToolExecutor() {
            @Override
            public ToolExecutionResult executeWithContext(
                dev.langchain4j.agent.tool.ToolExecutionRequest request,
                InvocationContext context) {
              return ToolExecutionResult.builder()
                  .resultContents(List.of(TextContent.from("one"), TextContent.from("two")))
                  .build();
            }

            @Override
            public String execute(
                dev.langchain4j.agent.tool.ToolExecutionRequest request, Object memoryId) {
              throw new IllegalStateException("has no single text");
            }
          };
      ScriptedModel model = inTurn("several");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(Map.of(Specifications.named("several"), several))
          .build()
          .chat("go");
      assertThat(model.results().get(0).contents()).hasSize(2);
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void describesAToolByWhatTheFrameworkRegistered() {
    try (Gated gated = Gated.permitting()) {
      ToolSpecification registered =
          ToolSpecification.builder()
              .name("yes")
              .description("says yes")
              .parameters(JsonObjectSchema.builder().addStringProperty("to").build())
              .build();
      AiServices.builder(Assistant.class)
          .chatModel(inTurn("yes"))
          .tools(Map.of(registered, executor("yes")))
          .build()
          .chat("go");
      PolicyRequest asked = gated.asked().get(0);
      String schema = "{\"properties\":{\"to\":{\"type\":\"string\"}},\"type\":\"object\"}";
      assertThat(asked.tool().definitionDigest())
          .isEqualTo(new ToolDefinition("yes", "says yes", schema, "langchain4j").digest());
    }
  }

  @Test
  void guardsExecutorsThatSomebodyElseBrings() {
    try (Gated gated = Gated.denying("no")) {
      GuardedToolService service =
          (GuardedToolService) TollgateLangChain4j.contextFor(Assistant.class).toolService;
      InvocationContext unknown =
          InvocationContext.builder().invocationId(java.util.UUID.randomUUID()).build();
      ToolExecutionResult result =
          service.executeTool(
              unknown, Map.of("no", executor("no")), call("1", "no", "{}"), b -> {}, a -> {});
      assertThat(result.resultText()).contains("task_missing");
      assertThat(service.applyToolHallucinationStrategy(call("2", "up", "{}")).resultText())
          .contains("denied");
      assertThat(ran).isEmpty();
      assertThat(gated.callIds()).hasSize(2);
    }
  }
}
