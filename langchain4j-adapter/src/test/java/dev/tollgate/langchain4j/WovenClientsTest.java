package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.Paths.assertDecided;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.langchain4j.app.Loops;
import dev.tollgate.langchain4j.app.Remote;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tools of MCP servers, called at the client. */
@Tag("woven")
class WovenClientsTest {
  interface Assistant {
    String chat(String message);
  }

  private static final ToolExecutionRequest ECHO = call("1", "echo", "{ \"b\":1.0, \"a\":\"x\" }");

  private final Remote remote = new Remote();
  private final McpClient client = remote.client();

  @Test
  void decidesOnADirectCallAndSendsWhatWasDecidedOn() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(Remote.call(client, ECHO).resultText()).isEqualTo("echoed");
      assertThat(remote.ran)
          .containsExactly(WOVEN ? "{\"a\":\"x\",\"b\":1}" : "{\"b\":1.0,\"a\":\"x\"}");
      assertDecided(gated, "echo");
      if (WOVEN) {
        assertThat(gated.proposed().get(0).source()).isEqualTo("mcp:files");
      }
    }
  }

  @Test
  void answersWithTheDenial() {
    try (Gated gated = Gated.denying("echo");
        Scope scope = Paths.task(gated).open()) {
      ToolExecutionResult result = Remote.call(client, ECHO);
      assertThat(result.isError()).isEqualTo(WOVEN);
      assertThat(result.resultText()).contains(WOVEN ? "policy_forbidden" : "echoed");
      assertThat(remote.ran).hasSize(WOVEN ? 0 : 1);
      assertDecided(gated, "echo");
    }
  }

  @Test
  void deniesOutsideEveryTask() {
    try (Gated gated = Gated.permitting()) {
      assertThat(Remote.call(client, ECHO).resultText())
          .contains(WOVEN ? "task_missing" : "echoed");
      assertDecided(gated, "echo");
    }
  }

  @Test
  void decidesOnceWhenAnAgentCallsATool() {
    try (Gated gated = Gated.permitting()) {
      McpToolProvider provider =
          McpToolProvider.builder()
              .mcpClients(client)
              .toolNameMapper((from, tool) -> from.key() + "_" + tool.name())
              .build();
      ScriptedModel model = ScriptedModel.calls("files_echo", "{}");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .toolProvider(provider)
          .build()
          .chat("go");
      assertThat(remote.ran).hasSize(1);
      assertThat(model.results().get(0).text()).isEqualTo("echoed");
      assertThat(gated.proposed()).hasSize(1);
      assertThat(gated.proposed().get(0).tool()).isEqualTo("files_echo");
    }
  }

  @Test
  void decidesOnceOnALoopOverAnMcpExecutor() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(Loops.run(new McpToolExecutor(client), ECHO)).isEqualTo("echoed");
      assertThat(remote.ran).hasSize(1);
      assertDecided(gated, "echo");
    }
  }

  /** The name that models see hides which of the server's tools it is. */
  @Test
  void decidesAgainWhereAWrapperHidesTheServersName() {
    try (Gated gated = Gated.denying("echo")) {
      ScriptedModel model = ScriptedModel.calls("harmless", "{}");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(
              Map.of(
                  Specifications.named("harmless"),
                  Loops.around(new McpToolExecutor(client, "echo"))))
          .build()
          .chat("go");
      assertThat(remote.ran).hasSize(WOVEN ? 0 : 1);
      assertThat(gated.proposed()).hasSize(WOVEN ? 2 : 1);
    }
  }

  @Test
  void decidesOnceWhereTheWrapperSaysWhatItIsAround() {
    try (Gated gated = Gated.permitting()) {
      McpToolProvider provider =
          McpToolProvider.builder()
              .mcpClients(client)
              .toolNameMapper((from, tool) -> from.key() + "_" + tool.name())
              .toolWrapper(TollgateLangChain4j.keepingSource(Loops::around))
              .build();
      AiServices.builder(Assistant.class)
          .chatModel(ScriptedModel.calls("files_echo", "{}"))
          .toolProvider(provider)
          .build()
          .chat("go");
      assertThat(remote.ran).hasSize(1);
      assertThat(gated.proposed()).hasSize(1);
    }
  }

  @Test
  void knowsTheToolAsTheOneThatAnAgentCalls() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      AiServices.builder(Assistant.class)
          .chatModel(ScriptedModel.calls("echo", "{}"))
          .toolProvider(McpToolProvider.builder().mcpClients(client).build())
          .build()
          .chat("go");
      Remote.call(client, ECHO);
      assertThat(gated.proposed()).hasSize(WOVEN ? 2 : 1);
      assertThat(gated.proposed().stream().map(one -> one.definition()).distinct()).hasSize(1);
    }
  }
}
