package dev.tollgate.compatibility.springai.office;

import io.micrometer.observation.ObservationRegistry;
import java.util.function.Function;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Description;

@SpringBootApplication
public class OfficeApplication {

  /** What Spring AI's own auto-configuration of this model does. */
  @Bean
  OpenAiChatModel chatModel(
      @Value("${office.model}") String url,
      ToolCallingManager manager,
      ObjectProvider<ObservationRegistry> observations) {
    return OpenAiChatModel.builder()
        .openAiApi(OpenAiApi.builder().baseUrl(url).apiKey("none").build())
        .defaultOptions(OpenAiChatOptions.builder().model("scripted").build())
        .toolCallingManager(manager)
        .observationRegistry(observations.getIfUnique(() -> ObservationRegistry.NOOP))
        .build();
  }

  /** What a function is called with. */
  public record Folder(String name) {}

  @Bean
  @Description("Shreds a folder")
  Function<Folder, String> shredFolder(FileTools files) {
    return folder -> files.note("shred " + folder.name());
  }

  @Bean
  @Description("Counts a folder's files")
  Function<Folder, String> countFiles(FileTools files) {
    return folder -> files.note("count " + folder.name());
  }
}
