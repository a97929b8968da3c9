package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.tollgate.audit.AuditRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCallsTest {
  interface Assistant {
    String chat(String message);
  }

  interface Direct {
    Result<String> chat(String message);
  }

  private final Office office = new Office();

  private Assistant assistant(ScriptedModel model) {
    return AiServices.builder(Assistant.class).chatModel(model).tools(office).build();
  }

  @Test
  void runsWhatWasDecidedOn() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model =
          ScriptedModel.calls("send", "{ \"text\" : \"h\\u0069\", \"to\":\"bob\" }");
      assertThat(assistant(model).chat("write to bob")).isEqualTo("done");
      assertThat(office.ran).containsExactly("send bob: hi");
      assertThat(model.results().get(0).text()).isEqualTo("sent to bob");
      assertThat(gated.outcomes()).containsExactly("returned");
      assertThat(gated.spans()).containsExactly("execute_tool send");
    }
  }

  @Test
  void handsTheCanonicalTextToTheExecutor() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("raw", "{ \"b\" : 1.0, \"a\":\"\\u0041\" }");
      List<ToolExecutionRequest> got = new java.util.ArrayList<>();
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(
              java.util.Map.of(
                  Specifications.named("raw"),
                  (request, memoryId) -> {
                    got.add(request);
                    return "ran";
                  }))
          .build()
          .chat("go");
      assertThat(got).containsExactly(call("1", "raw", "{\"a\":\"A\",\"b\":1}"));
      assertThat(gated.proposed().get(0).source()).isEqualTo("langchain4j");
    }
  }

  @Test
  void tellsTheModelThatACallWasDenied() {
    try (Gated gated = Gated.denying("delete")) {
      ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
      assertThat(assistant(model).chat("tidy up")).isEqualTo("done");
      assertThat(office.ran).isEmpty();
      ToolExecutionResultMessage told = model.results().get(0);
      assertThat(told.isError()).isTrue();
      assertThat(told.text())
          .isEqualTo(
              "{\"error\":\"denied\",\"reason_code\":\"policy_forbidden\",\"decision_id\":\""
                  + gated.callIds().get(0)
                  + "\"}");
      assertThat(gated.spans()).containsExactly("execute_tool delete");
    }
  }

  @Test
  void decidesOnEachCallOfOneResponse() {
    try (Gated gated = Gated.denying("delete")) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(
                  call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}"),
                  call("2", "delete", "{\"file\":\"a\"}"),
                  call("3", "send", "{\"to\":\"eve\",\"text\":\"y\"}")),
              AiMessage.from("done"));
      assistant(model).chat("go");
      assertThat(office.ran).containsExactly("send bob: x", "send eve: y");
      assertThat(model.results())
          .extracting(ToolExecutionResultMessage::isError)
          .containsExactly(false, true, false);
      assertThat(gated.reasons()).containsExactly("", "policy_forbidden", "");
      assertThat(gated.spans())
          .containsExactly("execute_tool send", "execute_tool delete", "execute_tool send");
    }
  }

  @Test
  void returnsAnImmediateToolOnlyIfItRan() {
    try (Gated gated = Gated.denying("read")) {
      ScriptedModel model = ScriptedModel.calls("read", "{\"file\":\"a\"}");
      Result<String> result =
          AiServices.builder(Direct.class).chatModel(model).tools(office).build().chat("read a");
      assertThat(result.content()).isEqualTo("done");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("policy_forbidden");
      assertThat(gated.reasons()).containsExactly("policy_forbidden");
    }
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("read", "{\"file\":\"a\"}");
      Result<String> result =
          AiServices.builder(Direct.class).chatModel(model).tools(office).build().chat("read a");
      assertThat(result.toolExecutions().get(0).resultObject()).isEqualTo("text of a");
      assertThat(model.requests()).hasSize(1);
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void recordsANameThatTheModelMadeUp() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("launch", "{}");
      assertThat(assistant(model).chat("go")).isEqualTo("done");
      assertThat(model.results().get(0).text()).contains("\"tool_unknown\"");
      assertThat(model.results().get(0).isError()).isTrue();
      AuditRecord.Proposed proposed = gated.proposed().get(0);
      assertThat(proposed.tool()).isEqualTo("launch");
      assertThat(proposed.agent()).isEqualTo("Assistant");
      assertThat(proposed.subject()).isEqualTo("alice");
      assertThat(gated.reasons()).containsExactly("tool_unknown");
      assertThat(gated.spans()).containsExactly("execute_tool (unknown)");
    }
  }

  @Test
  void recordsAMadeUpNameWhereThereAreNoToolsAtAll() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("launch", "{}");
      AiServices.builder(Assistant.class).chatModel(model).build().chat("go");
      assertThat(gated.reasons()).containsExactly("tool_unknown");
    }
  }

  @Test
  void doesNotRunArgumentsThatItCannotRead() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(
                  call("1", "delete", "{\"file\":\"a\""),
                  call("2", "delete", "{\"file\":\"a\",\"file\":\"b\"}"),
                  call("3", "delete", "[\"a\"]")),
              AiMessage.from("done"));
      assistant(model).chat("go");
      assertThat(office.ran).isEmpty();
      assertThat(gated.reasons())
          .containsExactly(
              "arguments_malformed", "arguments_duplicate_key", "arguments_not_an_object");
    }
  }

  @Test
  void leavesTheToolsOwnFailureToTheFramework() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("fail", "{}");
      assertThat(assistant(model).chat("print")).isEqualTo("done");
      assertThat(model.results().get(0).text()).isEqualTo("the printer is on fire");
      assertThat(model.results().get(0).isError()).isTrue();
      assertThat(gated.outcomes()).containsExactly("failed");
      assertThat(gated.spans()).containsExactly("execute_tool fail");
    }
  }

  /** What does not fit it is the gate's to deny: {@link BadArgumentsTest}. */
  @Test
  void leavesWhatFitsTheSchemaAndNotTheMethodToTheFramework() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ScriptedModel.calls("count", "{\"n\":3000000000}");
      Object counter =
          new Object() {
            @dev.langchain4j.agent.tool.Tool
            @SuppressWarnings("unused")
            int count(int n) {
              return n;
            }
          };
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(model)
              .tools(counter)
              .toolArgumentsErrorHandler(
                  (error, context) ->
                      dev.langchain4j.service.tool.ToolErrorHandlerResult.text("not a number"))
              .build();
      assistant.chat("count");
      assertThat(model.results().get(0).text()).isEqualTo("not a number");
      assertThat(gated.outcomes()).containsExactly("failed");
    }
  }

  @Test
  void runsTwoEqualRequestsAsTwoCalls() {
    try (Gated gated = Gated.permitting()) {
      ToolExecutionRequest same = call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}");
      assistant(ScriptedModel.plays(asks(same, same), AiMessage.from("done"))).chat("twice");
      assertThat(office.ran).hasSize(2);
      assertThat(gated.callIds()).hasSize(2);
      assertThat(gated.spans()).hasSize(2);
    }
  }

  @Test
  void deniesEverythingWithoutAGate() {
    TollgateLangChain4j.uninstall();
    ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
    assertThat(assistant(model).chat("go")).isEqualTo("done");
    assertThat(office.ran).isEmpty();
    assertThat(model.results().get(0).text()).isEqualTo(Passage.NO_GATE.forModel());
    assertThatThrownBy(TollgateLangChain4j::gate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("install(gate)");
    TollgateLangChain4j.uninstall();
  }

  @Test
  void deniesOnceTheGateIsClosed() {
    try (Gated gated = Gated.permitting()) {
      gated.gate.close();
      ScriptedModel model = ScriptedModel.calls("delete", "{\"file\":\"a\"}");
      assistant(model).chat("go");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("gate_closed");
    }
  }
}
