package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.testkit.ScriptedPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent may not call at all its model is not told of. */
@Timeout(30)
class ToolListTest {
  private final Office office = new Office();

  private static List<String> offered(ChatRequest request) {
    return request.toolSpecifications().stream().map(ToolSpecification::name).toList();
  }

  private static ScriptedPolicy policy() {
    return ScriptedPolicy.denying("delete").hopeless("delete");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesOutWhatNoCallCouldBePermittedOf(boolean streamed) {
    try (Gated gated = Gated.by(policy())) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "delete", "{\"file\":\"a\"}")),
              asks(call("2", "send", "{\"to\":\"bob\",\"text\":\"x\"}")),
              AiMessage.from("done"));
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(model.requests())
          .hasSize(3)
          .allSatisfy(
              request ->
                  assertThat(offered(request)).containsExactlyInAnyOrder("send", "read", "fail"));
      // A model may call it all the same, from an older turn or by guessing: that is decided on.
      assertThat(model.results().get(0).text()).contains("policy_forbidden");
      assertThat(gated.reasons()).containsExactly("policy_forbidden", "");
      assertThat(office.ran).containsExactly("send bob: x");
    }
  }

  @Test
  void whatADynamicProviderAddsIsLeftOutTooAndStaysDecidedOn() {
    try (Gated gated = Gated.by(policy())) {
      ToolProvider later =
          new ToolProvider() {
            @Override
            public ToolProviderResult provideTools(ToolProviderRequest request) {
              return request.messages().size() < 3
                  ? ToolProviderResult.builder().build()
                  : new ToolProviderResult(
                      ApprovedCall.toolsOf(office).entrySet().stream()
                          .filter(tool -> !tool.getKey().name().equals("read"))
                          .map(
                              tool ->
                                  AiServiceTool.builder()
                                      .toolSpecification(tool.getKey())
                                      .toolExecutor(tool.getValue())
                                      .build())
                          .toList());
            }

            @Override
            public boolean isDynamic() {
              return true;
            }
          };
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "made-up", "{}")),
              asks(call("2", "delete", "{\"file\":\"a\"}")),
              AiMessage.from("done"));
      AiServices.builder(Chats.Assistant.class)
          .chatModel(model)
          .toolProvider(later)
          .build()
          .chat("go");
      assertThat(offered(model.requests().get(1))).containsExactlyInAnyOrder("send", "fail");
      assertThat(gated.reasons()).containsExactly("tool_unknown", "policy_forbidden");
      assertThat(office.ran).isEmpty();
    }
  }

  @Test
  void offersAllWhereTheApplicationWantsThatOrTheGateOnlyObserves() {
    AdapterSettings full =
        new AdapterSettings(Strictness.TRUE, Denied.RESULT, Duration.ZERO, false);
    try (Gated gated = Gated.by(policy(), full, gate -> gate)) {
      ScriptedModel model = ScriptedModel.plays(AiMessage.from("done"));
      assertThat(Chats.ask(false, model, office)).isEqualTo("done");
      assertThat(offered(model.requests().get(0))).contains("delete");
    }
    try (Gated gated = Gated.by(policy(), gate -> gate.observe(true))) {
      ScriptedModel model = ScriptedModel.plays(AiMessage.from("done"));
      assertThat(Chats.ask(false, model, office)).isEqualTo("done");
      assertThat(offered(model.requests().get(0))).contains("delete");
    }
  }
}
