package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.IllegalConfigurationException;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is resumed is the tool as the framework would have run it, if it is still that tool. */
@SuppressWarnings("unused") // the framework calls them
class ResumedToolsTest {
  enum Priority {
    LOW,
    HIGH
  }

  record Address(String street, int number, List<String> tags) {}

  record Order(
      int count,
      long big,
      double price,
      boolean fast,
      Priority priority,
      Address to,
      List<Priority> others,
      Map<String, Integer> weights,
      Optional<String> note) {}

  static final class Shop {
    final List<Order> orders = new ArrayList<>();

    @Tool
    Order order(
        int count,
        long big,
        double price,
        boolean fast,
        Priority priority,
        Address to,
        List<Priority> others,
        Map<String, Integer> weights,
        Optional<String> note) {
      orders.add(new Order(count, big, price, fast, priority, to, others, weights, note));
      return orders.get(0);
    }
  }

  @Test
  void getsItsArgumentsInTheirTypes() {
    try (Gated gated = Waiting.gated("order")) {
      Shop shop = new Shop();
      String written =
          "{\"count\": 3.0, \"big\": 9007199254740991, \"price\": 1.25e1, \"fast\": true,"
              + "\"priority\": \"HIGH\", \"others\": [\"LOW\", \"HIGH\"], \"weights\": {\"b\": 2},"
              + "\"to\": {\"street\": \"\\\"M\\u00fcller\\\" St\", \"number\": 7, \"tags\": [\"x\"]}}";
      Chats.ask(false, ScriptedModel.calls("order", written), shop);
      assertThat(shop.orders).isEmpty();
      assertThat(TollgateLangChain4j.resume(Waiting.approved(gated.gate), ALICE, shop))
          .contains("\"priority\"", "HIGH", "Müller");
      assertThat(shop.orders)
          .containsExactly(
              new Order(
                  3,
                  9007199254740991L,
                  12.5,
                  true,
                  Priority.HIGH,
                  new Address("\"Müller\" St", 7, List.of("x")),
                  List.of(Priority.LOW, Priority.HIGH),
                  Map.of("b", 2),
                  Optional.empty()));
    }
  }

  interface Greeting {
    @Tool
    default String greet(String name) {
      return "hello " + name;
    }
  }

  static class Base implements Greeting {
    @Tool
    String inherited(String name) {
      return "inherited " + name;
    }

    @Tool("As the base has it")
    String overridden(String name) {
      return "base " + name;
    }
  }

  static final class Derived extends Base {
    @Tool(name = "renamed")
    String original(@P(name = "name", value = "who") String who) {
      return "original " + who;
    }

    @Tool
    static String fixed(String name) {
      return "fixed " + name;
    }

    @Tool("As the derived has it")
    @Override
    String overridden(String name) {
      return "derived " + name;
    }
  }

  static final class Other {
    @Tool
    String other(String name) {
      return "other " + name;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "greet,hello bob",
    "inherited,inherited bob",
    "overridden,derived bob",
    "renamed,original bob",
    "fixed,fixed bob",
    "other,other bob"
  })
  void isFoundWhereTheFrameworkFindsIt(String tool, String result) {
    try (Gated gated = Waiting.gated(tool)) {
      ScriptedModel model = ScriptedModel.calls(tool, "{\"name\":\"bob\"}");
      Chats.ask(false, model, new Derived(), new Other());
      assertThat(model.results().get(0).text()).contains("approval_required");
      String id = Waiting.approved(gated.gate);
      assertThat(TollgateLangChain4j.resume(id, ALICE, new Derived(), new Other()))
          .isEqualTo(result);
    }
  }

  /** The same tool by its name; the model was shown another one. */
  static final class Reworded {
    @Tool("Sends a mail to all")
    String send(@P("to whom") String to, @P("what") String text) {
      return "ran";
    }
  }

  static final class Reshaped {
    @Tool("Sends a mail")
    String send(@P("to whom") String to, @P("what") String text, @P("copy") String copy) {
      return "ran";
    }
  }

  @Test
  void isDeniedIfItIsNotTheSameToolAnyMore() {
    try (Gated gated = Waiting.gated("send")) {
      Office office = new Office();
      Chats.ask(false, ScriptedModel.calls("send", "{\"to\":\"bob\",\"text\":\"x\"}"), office);
      String id = Waiting.approved(gated.gate);
      for (Object changed : List.of(new Reworded(), new Reshaped())) {
        assertThat(TollgateLangChain4j.resume(id, ALICE, changed))
            .contains("\"reason_code\":\"approval_tool_changed\"");
      }
      assertThat(TollgateLangChain4j.resume(id, ALICE, new Other()))
          .contains("\"reason_code\":\"tool_unknown\"");
      assertThat(TollgateLangChain4j.resume(id, ALICE))
          .contains("\"reason_code\":\"tool_unknown\"");
      // Nothing of that has used the approval up.
      assertThat(TollgateLangChain4j.resume(id, ALICE, office)).isEqualTo("sent to bob");
      assertThat(office.ran).hasSize(1);
    }
  }

  @Test
  void refusesWhatAnAiServiceWouldNotTake() {
    try (Gated gated = Waiting.gated("send")) {
      Office office = new Office();
      Chats.ask(false, ScriptedModel.calls("send", "{\"to\":\"bob\",\"text\":\"x\"}"), office);
      String id = Waiting.approved(gated.gate);
      for (Object wrong : List.of("no tools", List.of(office), Office.class)) {
        assertThatThrownBy(() -> TollgateLangChain4j.resume(id, ALICE, wrong))
            .isInstanceOf(IllegalConfigurationException.class);
      }
      assertThat(TollgateLangChain4j.resume(id, ALICE, office)).isEqualTo("sent to bob");
    }
  }

  @Test
  void takesToolsThatAreRegisteredByHand() {
    ToolSpecification raw = Specifications.named("raw");
    List<String> ran = new ArrayList<>();
    ToolExecutor executor =
        (request, memoryId) -> {
          ran.add(request.arguments());
          throw new ToolExecutionException("of its own");
        };
    try (Gated gated = Waiting.gated("raw")) {
      AiServices.builder(Chats.Assistant.class)
          .chatModel(ScriptedModel.calls("raw", "{ \"b\": 1.0, \"a\": \"x\" }"))
          .tools(Map.of(raw, executor))
          .build()
          .chat("go");
      String id = Waiting.approved(gated.gate);
      assertThatThrownBy(() -> TollgateLangChain4j.resume(id, ALICE, Map.of(raw, executor)))
          .isExactlyInstanceOf(ToolExecutionException.class)
          .hasMessageContaining("of its own");
      assertThat(ran).containsExactly("{\"a\":\"x\",\"b\":1}");
      assertThat(TollgateLangChain4j.resume(id, ALICE, Map.of(raw, executor)))
          .contains("approval_used");
    }
  }

  @Test
  void isNeitherOfTwoWithOneName() {
    Map<ToolSpecification, ToolExecutor> both = new LinkedHashMap<>();
    ToolSpecification later =
        ToolSpecification.builder().name("raw").description("the later").build();
    both.put(Specifications.named("raw"), (request, memoryId) -> "first");
    Map<ToolSpecification, ToolExecutor> one = Map.copyOf(both);
    both.put(later, (request, memoryId) -> "second");
    try (Gated gated = Waiting.gated("raw")) {
      AiServices.builder(Chats.Assistant.class)
          .chatModel(ScriptedModel.calls("raw", "{}"))
          .tools(one)
          .build()
          .chat("go");
      String id = Waiting.approved(gated.gate);
      assertThat(TollgateLangChain4j.resume(id, ALICE, both)).contains("tool_ambiguous");
      assertThat(TollgateLangChain4j.resume(id, ALICE, one)).isEqualTo("first");
    }
  }

  interface Remembering {
    String chat(@MemoryId String id, @dev.langchain4j.service.UserMessage String message);
  }

  static final class Diary {
    @Tool
    String note(@ToolMemoryId String room, InvocationParameters parameters) {
      return room + " " + parameters.asMap();
    }
  }

  @Test
  void learnsWhichConversationItBelongsTo() {
    try (Gated gated = Waiting.gated("note")) {
      AiServices.builder(Remembering.class)
          .chatModel(ScriptedModel.calls("note", "{}"))
          .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(9))
          .tools(new Diary())
          .build()
          .chat("room-7", "go");
      assertThat(TollgateLangChain4j.resume(Waiting.approved(gated.gate), ALICE, new Diary()))
          .isEqualTo("room-7 {}");
    }
  }
}
