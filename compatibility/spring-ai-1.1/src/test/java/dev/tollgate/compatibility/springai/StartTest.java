package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.spring.boot35.RestClientCredentials;
import dev.tollgate.springai.credential.CallCredentialAutoConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.advisor.ToolCallAdvisor;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

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

  /** Boot 3.5 has its customizer of clients also where Spring's client is not there. */
  @Test
  void an_application_without_spring_web_starts() {
    ApplicationContextRunner credentials =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CallCredentialAutoConfiguration.class));
    credentials.run(context -> assertThat(context).hasSingleBean(RestClientCredentials.class));
    credentials
        .withClassLoader(new FilteredClassLoader(RestClient.class))
        .run(context -> assertThat(context).doesNotHaveBean(RestClientCredentials.class));
  }

  @Test
  void an_advisor_with_a_manager_of_its_own_stops_the_start(@TempDir Path folder) {
    assertThatThrownBy(() -> Office.open(folder, HandMadeAdvisor.class))
        .hasMessageContaining("ToolCallingAdvisor looping uses a manager that is not guarded");
  }
}
