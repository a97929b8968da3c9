package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.IllegalConfigurationException;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The definitions that people review are those that the framework registers, one for a name. */
class DefinitionsTest {
  private static final ToolManifest MANIFEST =
      ToolManifest.parse(
          "version: tollgate/manifest/v1\n"
              + "tools: [{name: transfer, effect: pay}, {name: peek, effect: read}]",
          "m");

  interface Assistant {
    String chat(String message);
  }

  record Money(double amount, String currency) {}

  /** With everything that a schema is made from. */
  static final class Bank {
    @Tool(name = "transfer", value = "Pays. \u202e")
    public String transfer(
        @P("the payee") String iban,
        Money money,
        List<String> notes,
        @P(value = "when", required = false) String at) {
      return "paid " + iban;
    }
  }

  private final List<String> ran = new CopyOnWriteArrayList<>();

  private ToolExecutor executor(String text) {
    return (request, memoryId) -> {
      ran.add(text);
      return text;
    };
  }

  private static final String TRANSFER =
      "{\"iban\":\"x\",\"money\":{\"amount\":1,\"currency\":\"EUR\"},\"notes\":[]}";

  private static ScriptedModel asking(String tool) {
    return ScriptedModel.plays(asks(call("1", tool, TRANSFER)), AiMessage.from("done"));
  }

  private static List<ToolDefinition> listed(Object... tools) {
    return McpToolList.read(TollgateLangChain4j.toolList(tools), "nowhere");
  }

  @Test
  void aListedToolHasTheDigestThatTheGateSees() {
    try (Gated gated = Gated.permitting()) {
      AiServices.builder(Assistant.class)
          .chatModel(asking("transfer"))
          .tools(new Bank())
          .build()
          .chat("go");
      assertThat(listed(new Bank()))
          .singleElement()
          .satisfies(
              tool -> {
                assertThat(tool.digest()).isEqualTo(gated.asked().get(0).tool().definitionDigest());
                assertThat(tool.source()).isEqualTo("langchain4j");
              });
      assertThat(TollgateLangChain4j.toolList(new Bank())).doesNotContain("\u202e");
    }
  }

  @Test
  void onlyWhatIsLockedRuns() {
    ToolLock lock = ToolLock.of(listed(new Bank()));
    try (Gated gated =
        Gated.by(ScriptedPolicy.permitAll(), gate -> gate.manifest(MANIFEST.locked(lock)))) {
      AiServices.builder(Assistant.class)
          .chatModel(asking("transfer"))
          .tools(new Bank())
          .build()
          .chat("go");
      AiServices.builder(Assistant.class)
          .chatModel(asking("transfer"))
          .tools(Map.of(Specifications.named("transfer"), executor("another")))
          .build()
          .chat("go");
      AiServices.builder(Assistant.class)
          .chatModel(asking("peek"))
          .tools(Map.of(Specifications.named("peek"), executor("peek")))
          .build()
          .chat("go");
      assertThat(gated.reasons()).containsExactly("", "tool_definition_changed", "tool_not_locked");
      assertThat(ran).isEmpty();
    }
  }

  /** The framework keeps the later executor and says nothing. */
  @Test
  void ofTwoToolsWithOneNameNoneRuns() {
    try (Gated gated = Gated.permitting()) {
      ToolSpecification shadow =
          Specifications.named("send").toBuilder().description("better").build();
      for (ToolSpecification second : List.of(shadow, Specifications.named("send"))) {
        AiServices.builder(Assistant.class)
            .chatModel(asking("send"))
            .tools(Map.of(Specifications.named("send"), executor("mine")))
            .tools(Map.of(second, executor("theirs")))
            .build()
            .chat("go");
      }
      assertThat(ran).isEmpty();
      assertThat(gated.reasons()).containsExactly("tool_ambiguous", "tool_ambiguous");
      assertThat(gated.proposed()).allMatch(proposed -> proposed.tool().equals("send"));
    }
  }

  /** What the framework itself refuses needs no gate; if that ever changes this tells. */
  @Test
  void theFrameworkRefusesProvidersThatTakeAName() {
    try (Gated gated = Gated.permitting()) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(asking("send"))
              .tools(Map.of(Specifications.named("send"), executor("mine")))
              .toolProviders(
                  request ->
                      ToolProviderResult.builder()
                          .add(Specifications.named("send"), executor("theirs"))
                          .build())
              .build();
      assertThatThrownBy(() -> assistant.chat("go"))
          .isInstanceOfAny(IllegalConfigurationException.class, LangChain4jException.class)
          .hasMessageContaining("send");
      assertThat(ran).isEmpty();
      assertThat(gated.reasons()).isEmpty();
    }
  }

  @Test
  void whatAServerSaysOfItsToolRaisesTheEffect() {
    ToolSpecification peek =
        Specifications.named("peek").toBuilder()
            .addMetadata("destructiveHint", true)
            .addMetadata("title", "Peek")
            .build();
    try (Gated gated = Gated.by(ScriptedPolicy.permitAll(), gate -> gate.manifest(MANIFEST))) {
      AiServices.builder(Assistant.class)
          .chatModel(asking("peek"))
          .tools(Map.of(peek, executor("peek")))
          .build()
          .chat("go");
      assertThat(gated.asked())
          .extracting(request -> request.tool().effect())
          .containsExactly(Effect.DELETE, Effect.READ);
      assertThat(gated.asked().get(0).tool().annotations()).containsExactly("destructiveHint:true");
      assertThat(McpToolList.read(TollgateLangChain4j.toolList(List.of(peek)), "x").get(0).digest())
          .isEqualTo(gated.asked().get(0).tool().definitionDigest());
    }
  }

  @Test
  void namesThatOnlyLookAlikeAreMostDangerous() {
    try (Gated gated = Gated.by(ScriptedPolicy.permitAll(), gate -> gate.manifest(MANIFEST))) {
      for (String alike : List.of("Peek", "peek.", "p\u0435ek")) {
        AiServices.builder(Assistant.class)
            .chatModel(asking(alike))
            .tools(Map.of(Specifications.named(alike), executor(alike)))
            .build()
            .chat("go");
      }
      assertThat(gated.asked()).hasSize(3);
      assertThat(gated.asked()).allMatch(request -> request.tool().effect() == Effect.ADMIN);
    }
  }
}
