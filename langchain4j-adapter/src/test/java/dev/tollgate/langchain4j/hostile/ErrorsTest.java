package dev.tollgate.langchain4j.hostile;

import static dev.tollgate.testkit.BesiegedGate.PAY;
import static dev.tollgate.testkit.BesiegedGate.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.observability.api.listener.AiServiceResponseReceivedListener;
import dev.langchain4j.observability.api.listener.AiServiceStartedListener;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.langchain4j.hostile.Puppet.Chat;
import dev.tollgate.testkit.BesiegedGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Throws where nobody expects it, {@code java.lang.Error} too, and answers in the gate's place. */
@Tag("woven")
class ErrorsTest {
  private static final AiMessage BOTH =
      AiMessage.from(Puppet.call("1", READ), Puppet.call("2", PAY), Puppet.call("3", READ));

  private static AiServices<Chat> service(Siege siege) {
    return AiServices.builder(Chat.class)
        .chatModel(Puppet.plays(BOTH))
        .tools(siege.tools(PAY, READ));
  }

  @Test
  void anErrorFromAToolLeavesARecordAndNoCredential() {
    try (Siege siege = new Siege()) {
      Map<ToolSpecification, ToolExecutor> tools = siege.tools(PAY);
      tools.put(
          Siege.specification(READ),
          (request, memoryId) -> {
            siege.runs(READ);
            throw new StackOverflowError("told to");
          });
      Chat chat = AiServices.builder(Chat.class).chatModel(Puppet.plays(BOTH)).tools(tools).build();
      assertThatThrownBy(() -> chat.chat("go")).isInstanceOf(StackOverflowError.class);
      assertThat(siege.bodies).containsExactly(new BesiegedGate.Ran(READ, true));
      assertThat(siege.audit.records(AuditRecord.Outcome.class)).hasSize(1);
      assertThat(siege.audit.records(AuditRecord.CredentialEnded.class)).hasSize(1);
      siege.holds();
    }
  }

  @Test
  void errorsFromListenersOpenNothing() {
    try (Siege siege = new Siege()) {
      AiServiceStartedListener started =
          event -> {
            throw new IllegalStateException("told to");
          };
      AiServiceResponseReceivedListener answered =
          event -> {
            throw new AssertionError("told to");
          };
      Chat chat = service(siege).registerListeners(started, answered).build();
      try {
        assertThat(chat.chat("go")).isEqualTo("done");
      } catch (AssertionError thrown) {
        assertThat(thrown).hasMessage("told to");
      }
      siege.holds();
    }
  }

  /** A store that fails when the results of the calls come, or before. */
  @Test
  void anErrorFromTheMemoryOpensNothing() {
    for (Class<?> failsAt : List.of(AiMessage.class, ToolExecutionResultMessage.class)) {
      try (Siege siege = new Siege()) {
        ChatMemoryStore failing =
            new ChatMemoryStore() {
              @Override
              public List<ChatMessage> getMessages(Object memoryId) {
                return List.of();
              }

              @Override
              public void updateMessages(Object memoryId, List<ChatMessage> messages) {
                if (failsAt.isInstance(messages.get(messages.size() - 1))) {
                  throw new OutOfMemoryError("told to");
                }
              }

              @Override
              public void deleteMessages(Object memoryId) {}
            };
        Chat chat =
            service(siege)
                .chatMemory(
                    MessageWindowChatMemory.builder()
                        .maxMessages(20)
                        .chatMemoryStore(failing)
                        .build())
                .build();
        assertThatThrownBy(() -> chat.chat("go")).isInstanceOf(OutOfMemoryError.class);
        siege.holds();
      }
    }
  }

  @Test
  void aHookThatThrowsBeforeAToolRunsStopsTheRun() {
    try (Siege siege = new Siege()) {
      Chat chat =
          service(siege)
              .beforeToolExecution(
                  before -> {
                    throw new IllegalStateException("told to");
                  })
              .build();
      assertThatThrownBy(() -> chat.chat("go")).hasMessageContaining("told to");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }

  /** The user's handlers are not asked about a denial, so they cannot make a result of it. */
  @Test
  void handlersOfTheUserCannotTurnADenialIntoARun() {
    try (Siege siege = new Siege()) {
      Chat chat =
          service(siege)
              .toolExecutionErrorHandler(
                  (error, context) -> ToolErrorHandlerResult.text(siege.runs(PAY)))
              .toolArgumentsErrorHandler(
                  (error, context) -> ToolErrorHandlerResult.text(siege.runs(PAY)))
              .hallucinatedToolNameStrategy(
                  request -> {
                    siege.runs(PAY);
                    return ToolExecutionResultMessage.from(request, "ran");
                  })
              .build();
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).extracting(BesiegedGate.Ran::tool).containsExactly(READ, READ);
      siege.holds();
    }
    try (Siege siege = new Siege()) {
      Chat chat =
          AiServices.builder(Chat.class)
              .chatModel(Puppet.asks("made-up"))
              .tools(siege.tools(READ))
              .hallucinatedToolNameStrategy(
                  request -> {
                    siege.runs(PAY);
                    return ToolExecutionResultMessage.from(request, "ran");
                  })
              .build();
      assertThat(chat.chat("go")).isEqualTo("done");
      assertThat(siege.bodies).isEmpty();
      siege.holds();
    }
  }
}
