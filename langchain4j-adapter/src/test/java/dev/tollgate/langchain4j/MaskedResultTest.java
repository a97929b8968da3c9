package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static dev.tollgate.langchain4j.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.testkit.ScriptedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy masks reaches neither the model nor those who are handed the tool's result. */
@Timeout(30)
class MaskedResultTest {
  private static final String MASKED = "{\"iban\":\"***\",\"name\":\"Landlord\"}";

  record Account(String name, String iban) {}

  /** Tools that know an IBAN. */
  static final class Bank {
    @Tool
    @SuppressWarnings("unused")
    Account account() {
      return new Account("Landlord", "DE02");
    }

    @Tool(returnBehavior = ReturnBehavior.IMMEDIATE)
    @SuppressWarnings("unused")
    Account show() {
      return new Account("Landlord", "DE02");
    }

    @Tool
    @SuppressWarnings("unused")
    String tell() {
      return "It is DE02.";
    }

    @Tool
    @SuppressWarnings("unused")
    String fail() {
      throw new IllegalArgumentException("no account DE02");
    }
  }

  private static Decision masking(PolicyRequest request) {
    return new Decision.Permit(
        new Basis("scripted", "r1", List.of("hides")),
        List.of(new Obligation.MaskResult(Set.of("iban")), new Obligation.AddLabel("bank-data")));
  }

  private static Gated gated() {
    return Gated.by(ScriptedPolicy.of(MaskedResultTest::masking));
  }

  private static List<String> told(ScriptedModel model) {
    return model.results().stream().map(ToolExecutionResultMessage::text).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theModelReadsTheMaskedTextAndNothingElseOfTheResult(boolean streamed) {
    try (Gated gated = gated()) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "account", "{}"), call("2", "tell", "{}"), call("3", "fail", "{}")),
              AiMessage.from("done"));
      assertThat(Chats.ask(streamed, model, new Bank())).isEqualTo("done");
      assertThat(told(model).get(0)).isEqualTo(MASKED);
      assertThat(told(model).get(1)).contains("\"reason_code\":\"result_unmaskable\"");
      assertThat(told(model).get(2)).isEqualTo("{\"error\":\"failed\"}");
      assertThat(model.results())
          .extracting(ToolExecutionResultMessage::isError)
          .containsExactly(false, true, true);
      assertThat(model.requests().toString()).doesNotContain("DE02");
      assertThat(gated.outcomes()).containsExactly("returned", "returned", "failed");
      assertThat(gated.audit.records(AuditRecord.ResultMasked.class))
          .extracting(AuditRecord.ResultMasked::reason)
          .containsExactly("", "result_unmaskable", "failed");
      assertThat(gated.asked().get(0).task().life().sequence().labels())
          .containsExactly("bank-data");
    }
  }

  @Test
  void whoeverIsHandedTheExecutionGetsTheMaskedOneToo() {
    try (Gated gated = gated()) {
      List<ToolExecution> seen = new ArrayList<>();
      Result<String> answer =
          AiServices.builder(Chats.Assistant.class)
              .chatModel(
                  ScriptedModel.plays(
                      asks(call("1", "account", "{}")),
                      asks(call("2", "show", "{}")),
                      AiMessage.from("never asked")))
              .tools(new Bank())
              .afterToolExecution(seen::add)
              .build()
              .chat("go");
      seen.addAll(answer.toolExecutions());
      assertThat(seen).hasSize(4);
      assertThat(seen)
          .allSatisfy(
              execution -> {
                assertThat(execution.result()).isEqualTo(MASKED);
                assertThat(execution.resultObject()).isNull();
              });
      assertThat(String.valueOf(answer.content())).doesNotContain("DE02");
      assertThat(gated.outcomes()).containsExactly("returned", "returned");
    }
  }

  /** An executor of the application's own, with everything a result can carry. */
  @Test
  void attributesAndImagesOfAMaskedResultStayBehind() {
    try (Gated gated = gated()) {
      ToolExecutor rich =
          new ToolExecutor() {
            @Override
            public ToolExecutionResult executeWithContext(
                dev.langchain4j.agent.tool.ToolExecutionRequest request,
                dev.langchain4j.invocation.InvocationContext context) {
              return ToolExecutionResult.builder()
                  .result("DE02")
                  .attributes(Map.of("raw", "DE02"))
                  .resultContents(
                      List.of(
                          TextContent.from("{\"iban\":\"DE02\"}"),
                          ImageContent.from(Image.builder().url("https://x.example/DE02").build())))
                  .build();
            }

            @Override
            public String execute(
                dev.langchain4j.agent.tool.ToolExecutionRequest request, Object memoryId) {
              return "{\"iban\":\"DE02\"}";
            }
          };
      List<ToolExecution> seen = new ArrayList<>();
      ScriptedModel model = ScriptedModel.calls("rich", "{}");
      AiServices.builder(Chats.Assistant.class)
          .chatModel(model)
          .tools(
              Map.of(
                  dev.langchain4j.agent.tool.ToolSpecification.builder()
                      .name("rich")
                      .description("rich")
                      .build(),
                  rich))
          .afterToolExecution(seen::add)
          .build()
          .chat("go");
      assertThat(told(model)).containsExactly("{\"iban\":\"***\"}");
      assertThat(model.requests().toString()).doesNotContain("DE02");
      assertThat(seen)
          .singleElement()
          .satisfies(execution -> assertThat(execution.toString()).doesNotContain("DE02"));
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void aCallThatIsResumedIsMaskedAndLabelled() {
    ScriptedPolicy policy =
        ScriptedPolicy.of(
            request ->
                new Decision.NeedsApproval(
                    new Basis("scripted", "r1", List.of("asks")),
                    Decision.obligations(masking(request))));
    try (Gated gated = Gated.by(policy, Waiting::asked)) {
      Bank bank = new Bank();
      Chats.ask(false, ScriptedModel.calls("account", "{}"), bank);
      String id = Waiting.approved(gated.gate);
      assertThat(TollgateLangChain4j.resume(id, ALICE, bank)).isEqualTo(MASKED);
      assertThat(gated.asked().get(gated.asked().size() - 1).task().life().sequence().labels())
          .containsExactly("bank-data");
    }
  }
}
