package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.testkit.ScriptedPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a denial ends the run, the conversation can still go on. */
@Timeout(30)
class AbortTest {
  private static final ToolExecutionRequest SEND =
      call("1", "send", "{\"to\":\"bob\",\"text\":\"x\"}");
  private static final ToolExecutionRequest DELETE = call("2", "delete", "{\"file\":\"a\"}");
  private static final AdapterSettings ABORT =
      new AdapterSettings(Strictness.TRUE, Denied.ABORT, Duration.ZERO, true);
  private final Office office = new Office();
  private final ChatMemory memory = MessageWindowChatMemory.withMaxMessages(20);

  private void chat(ScriptedModel model, boolean streamed, boolean concurrently) {
    if (streamed) {
      var service =
          AiServices.builder(Chats.Streaming.class)
              .streamingChatModel(model.streaming())
              .chatMemory(memory)
              .tools(office);
      TokenStream stream =
          (concurrently ? service.executeToolsConcurrently() : service).build().chat("go");
      try {
        Chats.answer(stream);
      } catch (CompletionException e) {
        throw (RuntimeException) e.getCause();
      }
    } else {
      var service =
          AiServices.builder(Chats.Assistant.class)
              .chatModel(model)
              .chatMemory(memory)
              .tools(office);
      var unused = (concurrently ? service.executeToolsConcurrently() : service).build().chat("go");
    }
  }

  /** Each request has exactly one result, after it: what model providers insist on. */
  private static void assertValid(List<ChatMessage> messages) {
    List<String> open = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof ToolExecutionResultMessage result) {
        assertThat(open.remove(result.id())).as("%s", messages).isTrue();
      } else {
        assertThat(open).as("%s", messages).isEmpty();
        if (message instanceof AiMessage ai) {
          ai.toolExecutionRequests().forEach(request -> open.add(request.id()));
        }
      }
    }
    assertThat(open).as("%s", messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void endsTheRunAndLeavesTheMemoryValid(boolean streamed, boolean concurrently) {
    try (Gated gated = Gated.by(ScriptedPolicy.denying("delete"), ABORT, gate -> gate)) {
      ScriptedModel model = ScriptedModel.plays(asks(DELETE), AiMessage.from("never asked"));
      ToolDeniedException thrown =
          catchThrowableOfType(
              ToolDeniedException.class, () -> chat(model, streamed, concurrently));
      assertThat(thrown.denial().reason()).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
      assertThat(gated.callIds()).contains(thrown.denial().decisionId());
      assertThat(model.requests()).hasSize(1);
      assertThat(office.ran).isEmpty();
      assertThat(memory.messages()).hasSize(3);
      assertValid(memory.messages());

      ScriptedModel next = ScriptedModel.plays(AiMessage.from("hello again"));
      chat(next, streamed, concurrently);
      assertThat(next.requests()).hasSize(1);
      assertValid(memory.messages());
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false"})
  void whereOneOfATurnIsDeniedNoneRuns(boolean streamed, boolean concurrently) {
    try (Gated gated = Gated.by(ScriptedPolicy.denying("delete"), ABORT, gate -> gate)) {
      ScriptedModel model = ScriptedModel.plays(asks(SEND, DELETE), AiMessage.from("never asked"));
      assertThatThrownBy(() -> chat(model, streamed, concurrently))
          .isInstanceOf(ToolDeniedException.class);
      assertThat(office.ran).isEmpty();
      assertThat(gated.outcomes()).isEmpty();
      assertThat(memory.messages())
          .filteredOn(ToolExecutionResultMessage.class::isInstance)
          .extracting(message -> ((ToolExecutionResultMessage) message).text())
          .satisfiesExactly(
              text -> assertThat(text).contains("run_ended"),
              text -> assertThat(text).contains("policy_forbidden"));
      assertValid(memory.messages());
    }
  }

  @Test
  void aMadeUpNameEndsTheRunToo() {
    try (Gated gated = Gated.by(ScriptedPolicy.permitAll(), ABORT, gate -> gate)) {
      ScriptedModel model = ScriptedModel.plays(asks(call("1", "made-up", "{}")));
      assertThatThrownBy(() -> chat(model, false, false))
          .isInstanceOf(ToolDeniedException.class)
          .hasMessageContaining("tool_unknown");
      assertThat(gated.reasons()).containsExactly("tool_unknown");
      assertValid(memory.messages());
    }
  }

  @Test
  void theDenialSaysWhichApprovalWouldHelp() {
    try (Gated gated = Gated.by(Waiting.policy("send"), ABORT, Waiting::asked)) {
      ScriptedModel model = ScriptedModel.plays(asks(SEND));
      ToolDeniedException thrown =
          catchThrowableOfType(ToolDeniedException.class, () -> chat(model, false, false));
      String id = Waiting.approved(gated.gate);
      assertThat(thrown.denial().approvalId()).isEqualTo(id);
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, office)).isEqualTo("sent to bob");
      assertThat(office.ran).containsExactly("send bob: x");
    }
  }

  @Test
  void theNextRunIsANewOne() {
    try (Gated gated = Gated.by(ScriptedPolicy.denying("delete"), ABORT, gate -> gate)) {
      assertThatThrownBy(() -> chat(ScriptedModel.plays(asks(DELETE)), false, false))
          .isInstanceOf(ToolDeniedException.class);
      chat(ScriptedModel.plays(asks(SEND), AiMessage.from("done")), false, false);
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }
}
