package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static dev.tollgate.langchain4j.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.task.Caller;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that needs approval, from the model's proposal to its one run. */
@Timeout(30)
class ApprovalTest {
  private static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  private final Office office = new Office();

  private String resume(String id) {
    return TollgateLangChain4j.resume(id, ALICE, office);
  }

  private static String reason(String code) {
    return "\"reason_code\":\"" + code + "\"";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitsForAPersonAndThenRunsOnce(boolean streamed) {
    try (Gated gated = Waiting.gated("send")) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      String id = Waiting.id(gated.gate);
      ToolExecutionResultMessage told = model.results().get(0);
      assertThat(told.isError()).isTrue();
      assertThat(told.text())
          .matches(
              "\\{\"error\":\"denied\",\"reason_code\":\"approval_required\","
                  + "\"decision_id\":\"[A-Za-z0-9._-]+\",\"approval_id\":\""
                  + id
                  + "\"}");
      assertThat(resume(id)).contains(reason("approval_required"));
      assertThat(office.ran).isEmpty();

      Waiting.approve(gated.gate, id);
      assertThat(resume(id)).isEqualTo("sent to bob");
      assertThat(resume(id)).contains(reason("approval_used")).doesNotContain("secret-rule");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.reasons())
          .containsExactly("approval_required", "approval_required", "", "approval_used");
      assertThat(gated.outcomes()).containsExactly("returned");
      assertThat(gated.proposed()).extracting(p -> p.agent()).hasSize(4).doesNotContain("agent");
      assertThat(gated.audit.entries()).extracting(e -> e.taskId()).doesNotContain("").isNotEmpty();
      assertThat(gated.audit.entries().stream().map(e -> e.taskId()).distinct()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsTheOthersOfABatchInTheirOrder(boolean streamed) {
    try (Gated gated = Waiting.gated("send")) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(
                  call("1", "delete", "{\"file\":\"a\"}"),
                  call("2", "send", SEND),
                  call("3", "delete", "{\"file\":\"b\"}")),
              AiMessage.from("done"));
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(office.ran).containsExactly("delete a", "delete b");
      assertThat(model.results()).extracting(r -> r.id()).containsExactly("1", "2", "3");
      assertThat(model.results())
          .extracting(ToolExecutionResultMessage::isError)
          .containsExactly(false, true, false);
      assertThat(resume(Waiting.approved(gated.gate))).isEqualTo("sent to bob");
      assertThat(office.ran).containsExactly("delete a", "delete b", "send bob: x");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isGoodForTheUserWhoseCallItWas(boolean streamed) {
    try (Gated gated = Waiting.gated("send")) {
      Chats.ask(streamed, ScriptedModel.calls("send", SEND), office);
      String id = Waiting.approved(gated.gate);
      assertThat(TollgateLangChain4j.resume(id, Caller.of("acme", "carol"), office))
          .contains(reason("approval_subject_changed"));
      assertThat(TollgateLangChain4j.resume(id, Caller.of("other", "alice"), office))
          .contains("\"error\":\"denied\"")
          .contains("unknown");
      assertThat(office.ran).isEmpty();
      assertThat(resume(id)).isEqualTo("sent to bob");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no such id", "00000000-0000-0000-0000-000000000000"})
  void deniesAnIdThatNobodyGave(String id) {
    try (Gated gated = Waiting.gated("send")) {
      // Nothing is known of the call, so there is no tool of it either; that is what is said first.
      assertThat(resume(id)).contains("\"error\":\"denied\"").contains("unknown");
      assertThat(office.ran).isEmpty();
      assertThat(gated.reasons()).singleElement().asString().isEqualTo("approval_unknown");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void throwsWhatTheToolThrowsAndIsUsedUp(boolean streamed) {
    try (Gated gated = Waiting.gated("fail")) {
      Chats.ask(streamed, ScriptedModel.calls("fail", "{}"), office);
      String id = Waiting.approved(gated.gate);
      assertThatThrownBy(() -> resume(id))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("the printer is on fire");
      assertThat(gated.outcomes()).containsExactly("failed");
      assertThat(resume(id)).contains(reason("approval_used"));
      assertThat(office.ran).containsExactly("fail");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNotReturnTheDenialOfAnImmediateTool(boolean streamed) {
    try (Gated gated = Waiting.gated("read")) {
      ScriptedModel model = ScriptedModel.calls("read", "{\"file\":\"a\"}");
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(model.results().get(0).text()).contains(reason("approval_required"));
      assertThat(resume(Waiting.approved(gated.gate))).isEqualTo("text of a");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnInTheLoopIfAPersonAnswersAtOnce(boolean streamed) {
    try (Gated gated =
        Gated.by(
            Waiting.policy("send"),
            gate ->
                Waiting.asked(gate)
                    .approvalListener(
                        asked -> Waiting.approve(TollgateLangChain4j.gate(), asked.id())))) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(model.results()).extracting(r -> r.text()).containsExactly("sent to bob");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.audit.records(AuditRecord.ApprovalUsed.class))
          .singleElement()
          .satisfies(
              used -> {
                assertThat(used.approver()).isEqualTo("bob");
                assertThat(resume(used.approval())).contains(reason("approval_used"));
              });
      assertThat(office.ran).hasSize(1);
    }
  }

  /** A tool by which bob answers while the agent works. */
  static final class Lunch {
    @Tool
    @SuppressWarnings("unused")
    String lunch() {
      return Waiting.approved(TollgateLangChain4j.gate());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsOnceIfTheModelAsksAgain(boolean streamed) {
    try (Gated gated = Waiting.gated("send")) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "send", SEND)),
              asks(call("2", "lunch", "{}")),
              asks(call("3", "send", "{ \"text\": \"x\", \"to\": \"bob\" }")),
              asks(call("4", "send", SEND)),
              AiMessage.from("done"));
      assertThat(Chats.ask(streamed, model, office, new Lunch())).isEqualTo("done");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(model.results().get(2).text()).isEqualTo("sent to bob");
      String used = model.results().get(1).text();
      assertThat(UUID.fromString(used)).isNotNull();
      assertThat(model.results().get(3).text())
          .contains(reason("approval_required"))
          .doesNotContain(used);
      assertThat(resume(used)).contains(reason("approval_used"));
      assertThat(office.ran).hasSize(1);
      assertThat(gated.audit.records(AuditRecord.ApprovalUsed.class)).hasSize(1);
    }
  }
}
