package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call that holds its own thread until a person has answered. */
@Timeout(60)
class HeldForApprovalTest {
  private static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  private static final Approver BOB = Approver.person("acme", "bob", null);
  private final Office office = new Office();

  private static Gated gated(Duration wait, Denied denied) {
    return Gated.by(
        Waiting.policy("send"),
        new AdapterSettings(Strictness.TRUE, denied, wait, true),
        Waiting::asked);
  }

  private static ApprovalDesk desk(Gated gated) {
    return Objects.requireNonNull(gated.gate.approvals());
  }

  private static String pending(Gated gated) throws InterruptedException {
    while (desk(gated).pending("acme").isEmpty()) {
      Thread.sleep(5);
    }
    return Waiting.id(gated.gate);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,true"})
  void goesOnWhenAPersonHasSaidYes(boolean streamed, boolean concurrently) throws Exception {
    try (Gated gated = gated(Duration.ofSeconds(30), Denied.RESULT)) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> Chats.ask(streamed, concurrently, model, office));
      String id = pending(gated);
      assertThat(answer).isNotDone();
      Waiting.approve(gated.gate, id);
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(model.results().get(0).text()).isEqualTo("sent to bob");
      assertThat(gated.reasons()).containsExactly("approval_required", "");
    }
  }

  @Test
  void tellsTheModelWhenAPersonHasSaidNo() throws Exception {
    try (Gated gated = gated(Duration.ofSeconds(30), Denied.RESULT)) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> Chats.ask(false, model, office));
      var unused = desk(gated).reject("acme", pending(gated), BOB);
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("approval_rejected");
    }
  }

  @Test
  void saysThatItWaitsWhenNobodyAnswersInTime() {
    try (Gated gated = gated(Duration.ofMillis(50), Denied.RESULT)) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      assertThat(Chats.ask(false, model, office)).isEqualTo("done");
      assertThat(office.ran).isEmpty();
      String id = Waiting.approved(gated.gate);
      assertThat(model.results().get(0).text()).contains("approval_required").contains(id);
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, office)).isEqualTo("sent to bob");
    }
  }

  /** A stream that runs its tools one by one runs them on the model's own thread. */
  @Test
  void neverHoldsTheThreadThatTheModelCallsBackOn() {
    try (Gated gated = gated(Duration.ofMinutes(5), Denied.RESULT)) {
      ScriptedModel model = ScriptedModel.calls("send", SEND);
      assertThat(Chats.ask(true, model, office)).isEqualTo("done");
      assertThat(office.ran).isEmpty();
      assertThat(model.results().get(0).text()).contains("approval_required");
      assertThat(desk(gated).pending("acme")).hasSize(1);
    }
  }

  /** A tool that is an agent itself. */
  final class Planner {
    final ScriptedModel inner = ScriptedModel.calls("send", SEND);

    @Tool
    String plan() {
      return Chats.ask(false, inner, office);
    }
  }

  @Test
  void norDoesAnAgentThatIsCalledOnThatThread() {
    try (Gated gated = gated(Duration.ofMinutes(5), Denied.RESULT)) {
      Planner planner = new Planner();
      ScriptedModel outer = ScriptedModel.calls("plan", "{}");
      assertThat(Chats.ask(true, outer, planner)).isEqualTo("done");
      assertThat(planner.inner.results().get(0).text()).contains("approval_required");
      assertThat(desk(gated).pending("acme")).hasSize(1);
    }
  }

  @Test
  void letsTheOthersOfItsTurnRunFirstWhichAreDecidedAnewIfThatTakesTooLong() throws Exception {
    try (Gated gated = gated(Duration.ofSeconds(30), Denied.ABORT)) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "delete", "{\"file\":\"a\"}"), call("2", "send", SEND)),
              AiMessage.from("done"));
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> Chats.ask(false, model, office));
      String id = pending(gated);
      Waiting.approve(gated.gate, id);
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(office.ran).containsExactly("delete a", "send bob: x");
    }
  }
}
