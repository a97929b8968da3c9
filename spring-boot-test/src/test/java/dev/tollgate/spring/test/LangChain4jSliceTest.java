package dev.tollgate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.annotation.DirtiesContext;

/** The same slice where LangChain4j asks for tools, and Spring Security knows the user. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "tollgate.tenant=acme")
@AutoConfigureTollgateTest
@DirtiesContext // LangChain4j has one gate in a process
class LangChain4jSliceTest {
  @Autowired TollgateRecords tollgate;

  @AfterEach
  void nobodyIsSignedInAnyMore() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void what_langchain4j_asks_for_is_recorded_for_whoever_is_signed_in() {
    tollgate.permitAll();
    assertThat(assistant().ask("note it")).contains("tenant_missing");
    assertThat(tollgate).denied("note").because("tenant_missing");
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("alice", "password", "user"));
    assertThat(assistant().ask("note it")).contains("noted");
    assertThat(tollgate).permitted("note").ran("note");
    tollgate.deny("note");
    assertThat(assistant().ask("note it")).contains("policy_forbidden");
  }

  private static Assistant assistant() {
    return AiServices.builder(Assistant.class).chatModel(new Asking()).tools(new Notes()).build();
  }

  @SpringBootConfiguration
  @ImportAutoConfiguration({
    dev.tollgate.spring.ToolGateAutoConfiguration.class,
    dev.tollgate.spring.LangChain4jAutoConfiguration.class,
    dev.tollgate.spring.security.SecurityAutoConfiguration.class
  })
  static class Office {}

  /** An AI service. */
  interface Assistant {
    String ask(String text);
  }

  static final class Notes {
    @Tool
    String note() {
      return "noted";
    }
  }

  private static final class Asking implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      List<ChatMessage> messages = request.messages();
      ChatMessage last = messages.get(messages.size() - 1);
      return ChatResponse.builder()
          .aiMessage(
              last instanceof ToolExecutionResultMessage result
                  ? AiMessage.from(result.text())
                  : AiMessage.from(
                      ToolExecutionRequest.builder().id("1").name("note").arguments("{}").build()))
          .build();
    }
  }
}
