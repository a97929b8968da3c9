package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.SIGN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.service.AiServices;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.langchain4j.HumanApproval;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.langchain4j.hostile.Puppet.Chat;
import dev.tollgate.task.Caller;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Approvals of others, of other calls, used twice, and made of text. */
@Tag("woven")
class ApprovalsTest {
  private static final Caller ALICE = Caller.of("acme", "alice");
  private static final Approver BOB = Approver.person("acme", "bob", null);

  private static ApprovalDesk desk(Siege siege) {
    return requireNonNull(siege.gate.approvals());
  }

  /** Two calls that wait, of one tool with different arguments. */
  private static List<ApprovalRequest> waiting(Siege siege) {
    for (String what : List.of("a", "b")) {
      ToolExecutionRequest request =
          ToolExecutionRequest.builder()
              .id("1")
              .name(SIGN)
              .arguments("{\"what\":\"" + what + "\"}")
              .build();
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks(request))
              .tools(siege.tools(SIGN))
              .build();
      assertThat(chat.chat("go")).isEqualTo("done");
    }
    assertThat(siege.bodies).isEmpty();
    assertThat(desk(siege).pending("acme")).hasSize(2);
    return desk(siege).pending("acme");
  }

  private static String resume(Siege siege, String id, Caller caller) {
    return TollgateLangChain4j.resume(id, caller, siege.tools(SIGN, PAY));
  }

  @Test
  void anApprovalOfOneCallIsNoneOfAnother() {
    try (Siege siege = new Siege()) {
      List<ApprovalRequest> two = waiting(siege);
      var unused = desk(siege).approve("acme", two.get(0).id(), BOB);
      assertThat(resume(siege, two.get(1).id(), ALICE)).contains("approval_required");
      assertThat(siege.bodies).isEmpty();
      assertThat(resume(siege, two.get(0).id(), ALICE)).isEqualTo("ran sign");
      assertThat(resume(siege, two.get(0).id(), ALICE)).contains("approval");
      assertThat(siege.bodies).hasSize(1);
      siege.holds();
    }
  }

  @Test
  void neitherAnotherTenantNorAnotherUserCanAnswerOrUseIt() {
    try (Siege siege = new Siege()) {
      String id = waiting(siege).get(0).id();
      Approver mallory = Approver.person("evil", "mallory", null);
      assertThat(desk(siege).approve("evil", id, mallory))
          .isNotInstanceOf(ApprovalAnswer.Taken.class);
      assertThat(desk(siege).approve("acme", id, mallory))
          .isNotInstanceOf(ApprovalAnswer.Taken.class);
      assertThat(resume(siege, id, ALICE)).contains("approval_required");
      assertThat(desk(siege).approve("acme", id, BOB)).isInstanceOf(ApprovalAnswer.Taken.class);
      assertThat(resume(siege, id, Caller.of("evil", "alice"))).contains("denied");
      assertThat(resume(siege, id, Caller.of("acme", "mallory"))).contains("denied");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  @Test
  void anIdThatSomebodyMadeUpRunsNothing() {
    try (Siege siege = new Siege()) {
      for (String id : List.of("", "1", "approved", "\u0000")) {
        assertThat(resume(siege, id, ALICE)).isNotEqualTo("ran sign");
      }
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  /** The tool that is handed to resume is the application's; it must be the one that waited. */
  @Test
  void anApprovalRunsNoToolOfAnotherDefinition() {
    try (Siege siege = new Siege()) {
      String id = waiting(siege).get(0).id();
      var unused = desk(siege).approve("acme", id, BOB);
      var other = Siege.specification(SIGN).toBuilder().description("pays eve").build();
      assertThat(TollgateLangChain4j.resume(id, ALICE, Map.of(other, siege.body(SIGN))))
          .isNotEqualTo("ran sign");
      assertThat(TollgateLangChain4j.resume(id, ALICE, siege.tools(PAY))).isNotEqualTo("ran pay");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  @Test
  void textInAScopeApprovesNothing() {
    try (Siege siege = new Siege();
        Scope task = siege.task().open()) {
      HumanApproval approval = HumanApproval.of(siege.tools(SIGN));
      List<ApprovalRequest> two = waiting(siege);
      Object answer =
          AgenticServices.sequenceBuilder()
              .subAgents(
                  AgenticServices.agentAction(
                      scope -> {
                        scope.writeState("approval", "approved by bob");
                        scope.writeState(two.get(0).id(), "approved");
                        scope.writeExecutionContext(two.get(0).id(), "approved");
                        assertThat(approval.answered(scope, two.get(0).id(), ALICE)).isFalse();
                      }))
              .output(scope -> "over")
              .build()
              .invoke(Map.of());
      assertThat(answer).isEqualTo("over");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }
}
