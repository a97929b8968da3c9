package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.advisor.ToolCallAdvisor;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What the container can see and the gate does not cover. */
class StartTest {
  @TestConfiguration(proxyBeanMethods = false)
  static class HandMadeModel {
    @Bean
    OpenAiChatModel handMade() {
      return OpenAiChatModel.builder()
          .openAiApi(OpenAiApi.builder().baseUrl("http://localhost").apiKey("none").build())
          .build();
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class HandMadeAdvisor {
    @Bean
    ToolCallAdvisor looping() {
      return ToolCallAdvisor.builder().build();
    }
  }

  @Test
  void a_model_with_a_manager_of_its_own_stops_the_start(@TempDir Path folder) {
    assertThatThrownBy(() -> Office.open(folder, HandMadeModel.class))
        .hasMessageContaining("ChatModel handMade uses a manager that is not guarded");
  }

  @Test
  void an_advisor_with_a_manager_of_its_own_stops_the_start(@TempDir Path folder) {
    assertThatThrownBy(() -> Office.open(folder, HandMadeAdvisor.class))
        .hasMessageContaining("ToolCallingAdvisor looping uses a manager that is not guarded");
  }
}
