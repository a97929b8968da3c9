package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.ToolBox;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** AI services as users of Quarkus write them. */
final class Agents {
  private Agents() {}

  /** Tools of the class. */
  @RegisterAiService(
      tools = FileTools.class,
      chatLanguageModelSupplier = ScriptedModel.Plain.class,
      streamingChatLanguageModelSupplier = ScriptedModel.Streaming.class)
  public interface Clerk {
    String chat(String message);

    Result<String> look(String message);

    Multi<String> stream(String message);

    TokenStream tokens(String message);
  }

  /** Tools of one method. */
  @RegisterAiService(chatLanguageModelSupplier = ScriptedModel.Plain.class)
  public interface BoxClerk {
    @ToolBox(FileTools.class)
    String chat(String message);
  }

  /** Tools of the ToolProvider bean. */
  @RegisterAiService(chatLanguageModelSupplier = ScriptedModel.Plain.class)
  public interface ProviderClerk {
    String chat(String message);
  }

  /** Tools of a provider that only this service knows. */
  @RegisterAiService(
      chatLanguageModelSupplier = ScriptedModel.Plain.class,
      toolProviderSupplier = OwnProvider.class)
  public interface OwnProviderClerk {
    String chat(String message);
  }

  /** What the last one names. */
  @Singleton
  public static class OwnProvider implements Supplier<ToolProvider> {
    @Override
    public ToolProvider get() {
      return new Shredder();
    }
  }

  /** A provider as MCP's is one. */
  @Singleton
  public static class Shredder implements ToolProvider {
    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
      return ToolProviderResult.builder()
          .add(
              ToolSpecification.builder()
                  .name("shred")
                  .parameters(JsonObjectSchema.builder().addStringProperty("file").build())
                  .build(),
              (call, memory) -> {
                FileTools.RAN.add("shred " + call.arguments());
                return "shredded";
              })
          .build();
    }
  }
}
