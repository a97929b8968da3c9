package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;

/** The definitions that people review are those that Spring AI registers, one for a name. */
class DefinitionsTest {
  record Money(double amount, String currency) {}

  /** With what a schema is made from. */
  static class Bank {
    @Tool(name = "transfer", description = "Pays. \u202e")
    String transfer(@ToolParam(description = "the payee") String iban, Money money) {
      return "paid";
    }
  }

  private static List<ToolDefinition> listed() {
    var provider = MethodToolCallbackProvider.builder().toolObjects(new Bank()).build();
    return McpToolList.read(ToolLists.of(provider), "nowhere");
  }

  @Test
  void a_listed_tool_has_the_digest_that_the_gate_sees() {
    Application app = Application.permitting();
    app.with(
            ScriptedModel.asking(
                tool(
                    "1",
                    "transfer",
                    "{\"iban\":\"x\",\"money\":{\"amount\":1,\"currency\":\"eur\"}}")))
        .run(
            context -> {
              ask(context, "pay", new Bank());
              assertThat(listed())
                  .singleElement()
                  .satisfies(
                      one -> {
                        assertThat(one.source()).isEqualTo("spring-ai");
                        assertThat(one.digest())
                            .isEqualTo(app.policy.asked().get(0).get(0).tool().definitionDigest());
                      });
            });
  }

  @Test
  void only_what_is_locked_runs() {
    RecordingTool other = RecordingTool.of("other");
    RecordingTool changed = RecordingTool.of("transfer");
    Application app = Application.permitting();
    ToolManifest locked = ToolManifest.empty().locked(ToolLock.of(listed()));
    app.with(
            ScriptedModel.asking(tool("transfer"), tool("other")),
            TestGates.gate(app.policy, app.audit).manifest(locked).build())
        .run(
            context -> {
              assertThat(ask(context, "go", changed, other))
                  .contains("tool_definition_changed", "tool_not_locked");
              assertThat(changed.runs()).isEmpty();
              assertThat(other.runs()).isEmpty();
            });
    Application again = Application.permitting();
    again
        .with(
            ScriptedModel.asking(
                tool(
                    "1",
                    "transfer",
                    "{\"iban\":\"x\",\"money\":{\"amount\":1,\"currency\":\"eur\"}}")),
            TestGates.gate(again.policy, again.audit).manifest(locked).build())
        .run(context -> assertThat(ask(context, "go", new Bank())).contains("paid"));
  }

  /** The client refuses them; a manager, which applications may call, would run the first. */
  @Test
  void of_two_tools_with_one_name_none_runs() {
    RecordingTool mine = RecordingTool.of("send");
    RecordingTool theirs = RecordingTool.of("send");
    Application.permitting()
        .with(ScriptedModel.asking(tool("send")))
        .run(
            context -> {
              assertThatThrownBy(() -> ask(context, "go", mine, theirs))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("send");
              assertThat(executed(context.getBean(ToolCallingManager.class), mine, theirs))
                  .contains("tool_ambiguous");
              assertThat(mine.runs()).isEmpty();
              assertThat(theirs.runs()).isEmpty();
              // The same object twice is one tool: what is denied now is that nobody asked for it.
              assertThat(executed(context.getBean(ToolCallingManager.class), mine, mine))
                  .doesNotContain("tool_ambiguous");
            });
  }

  private static String executed(ToolCallingManager manager, RecordingTool... tools) {
    AssistantMessage asks =
        AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "send", "{}")))
            .build();
    ToolExecutionResult result =
        manager.executeToolCalls(
            new Prompt(
                List.of(new UserMessage("go")),
                ToolCallingChatOptions.builder().toolCallbacks(tools).build()),
            new ChatResponse(List.of(new Generation(asks))));
    List<?> history = result.conversationHistory();
    return ((ToolResponseMessage) history.get(history.size() - 1))
        .getResponses()
        .get(0)
        .responseData();
  }
}
