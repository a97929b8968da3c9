package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.compatibility.springai.office.OfficeApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Description;

/** An application that puts a manager of its own around Spring AI's. */
class OwnManagerTest {
  private record Counting(ToolCallingManager inside) implements ToolCallingManager {
    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return inside.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      return inside.executeToolCalls(prompt, response);
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Own {
    @Bean
    ToolCallingManager counting(ToolCallbackResolver resolver) {
      return new Counting(
          new Counting(ToolCallingManager.builder().toolCallbackResolver(resolver).build()));
    }

    /**
     * In no other test: Spring AI 1.1 keeps functions that it found by name for the whole process.
     */
    @Bean
    @Description("Counts folders")
    Function<OfficeApplication.Folder, String> countFolders() {
      return folder -> "counted " + folder.name();
    }
  }

  @Test
  void what_is_offered_by_name_is_found_inside_it_and_decided_on(@TempDir Path folder)
      throws Exception {
    try (Office office = Office.open(folder, Own.class)) {
      office.model.asks("countFolders {\"name\":\"a\"}", "shredFolder {\"name\":\"b\"}");
      String answer =
          office.client().prompt().user("count them").toolNames("countFolders").call().content();
      assertThat(answer).startsWith("\"counted a\" | {\"error\":\"denied\"");
      assertThat(office.files().ran()).isEmpty();
    }
  }
}
