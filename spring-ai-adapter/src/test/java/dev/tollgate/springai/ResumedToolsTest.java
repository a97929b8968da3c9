package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static dev.tollgate.springai.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** What is resumed is the tool as Spring AI would have run it, if it is still that tool. */
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
      @Nullable String note) {}

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
        @Nullable String note) {
      orders.add(new Order(count, big, price, fast, priority, to, others, weights, note));
      return orders.get(0);
    }
  }

  @Test
  void it_gets_its_arguments_in_their_types() {
    String written =
        "{\"count\": 3.0, \"big\": 9007199254740991, \"price\": 1.25e1, \"fast\": true,"
            + "\"priority\": \"HIGH\", \"others\": [\"LOW\", \"HIGH\"], \"weights\": {\"b\": 2},"
            + "\"to\": {\"street\": \"\\\"M\\u00fcller\\\" St\", \"number\": 7, \"tags\": [\"x\"]}}";
    Shop shop = new Shop();
    Application app = Waiting.application("order");
    app.with(TurnsModel.of(tool("1", "order", written)), Waiting.gate(app).build())
        .run(
            context -> {
              Waiting.ask(false, context, shop);
              assertThat(shop.orders).isEmpty();
              assertThat(Waiting.resume(context, Waiting.approved(context), shop))
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
                          null));
            });
  }

  static class Base {
    @Tool
    String inherited(String name) {
      return "inherited " + name;
    }
  }

  static final class Derived extends Base {
    @Tool(name = "renamed")
    String original(String name) {
      return "original " + name;
    }

    @Tool
    static String fixed(String name) {
      return "fixed " + name;
    }

    @Override
    @Tool
    String inherited(String name) {
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
    "inherited,\"derived bob\"",
    "renamed,\"original bob\"",
    "fixed,\"fixed bob\"",
    "other,\"other bob\"",
    "function,\"function bob\""
  })
  void it_is_found_where_spring_ai_finds_it(String tool, String result) {
    ToolCallback function =
        FunctionToolCallback.builder(
                "function", (Map<String, Object> in) -> "function " + in.get("name"))
            .inputType(Map.class)
            .build();
    Object[] tools = {new Derived(), new Other(), function};
    Application app = Waiting.application(tool);
    app.with(TurnsModel.of(tool("1", tool, "{\"name\":\"bob\"}")), Waiting.gate(app).build())
        .run(
            context -> {
              assertThat(Waiting.ask(false, context, tools)).contains("approval_required");
              assertThat(Waiting.resume(context, Waiting.approved(context), tools))
                  .isEqualTo(result);
            });
  }

  private static ToolCallback pay(String description, Class<?> input) {
    Function<Object, String> body = in -> "paid";
    return FunctionToolCallback.builder("pay", body)
        .description(description)
        .inputType(input)
        .build();
  }

  @Test
  void it_is_denied_if_it_is_not_the_same_tool_any_more() {
    ToolCallback pay = pay("Pays", Address.class);
    Application app = Waiting.application("pay");
    app.with(
            TurnsModel.of(tool("1", "pay", "{\"street\":\"x\",\"number\":1,\"tags\":[]}")),
            Waiting.gate(app).build())
        .run(
            context -> {
              Waiting.ask(false, context, pay);
              String id = Waiting.approved(context);
              for (ToolCallback changed :
                  List.of(pay("Pays everybody", Address.class), pay("Pays", Order.class))) {
                assertThat(Waiting.resume(context, id, changed))
                    .contains("\"reason_code\":\"approval_tool_changed\"");
              }
              assertThat(Waiting.resume(context, id, new Other()))
                  .contains("\"reason_code\":\"tool_unknown\"");
              assertThat(Waiting.resume(context, id)).contains("\"reason_code\":\"tool_unknown\"");
              assertThat(Waiting.resume(context, id, pay, pay("Pays everybody", Address.class)))
                  .contains("\"reason_code\":\"tool_ambiguous\"");
              // Nothing of that has used the approval up.
              assertThat(Waiting.resume(context, id, pay)).isEqualTo("\"paid\"");
            });
  }

  static class Ledger {
    @Tool
    String book(ToolContext context) {
      return "in " + context.getContext().get("book");
    }

    @Tool
    String burn() {
      throw new IllegalArgumentException("no fire here");
    }
  }

  @Test
  void it_gets_the_context_that_the_application_gives_its_tools() {
    Application app = Waiting.application("book");
    app.with(TurnsModel.of(tool("book")), Waiting.gate(app).build())
        .run(
            context -> {
              Application.client(context)
                  .prompt()
                  .user("go")
                  .tools(new Ledger())
                  .toolContext(Map.of("book", "blue"))
                  .call()
                  .content();
              assertThat(
                      context
                          .getBean(ApprovedCalls.class)
                          .resume(
                              Waiting.approved(context),
                              ALICE,
                              Waiting.callbacks(new Ledger()),
                              Map.of("book", "red")))
                  .isEqualTo("\"in red\"");
            });
  }

  @Test
  void what_a_method_throws_comes_as_spring_ai_throws_it() {
    Application app = Waiting.application("burn");
    app.with(TurnsModel.of(tool("burn")), Waiting.gate(app).build())
        .run(
            context -> {
              Waiting.ask(false, context, new Ledger());
              String id = Waiting.approved(context);
              assertThatThrownBy(() -> Waiting.resume(context, id, new Ledger()))
                  .isExactlyInstanceOf(ToolExecutionException.class)
                  .hasRootCauseInstanceOf(IllegalArgumentException.class)
                  .hasMessage("no fire here");
            });
  }
}
