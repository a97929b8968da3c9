package dev.tollgate.demo.replay;

import dev.tollgate.ToolGate;
import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.TollgateAutoConfiguration;
import dev.tollgate.task.Caller;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Spring AI's. Other than the demo's agent it has none of the framework's limits of tool calls: it
 * must make every recorded call.
 */
final class SpringTraceAgent implements TraceAgent {
  // Named one by one: the office's starters on this class path must not start here.
  @ImportAutoConfiguration({
    ToolGateAutoConfiguration.class,
    TollgateAutoConfiguration.class,
    ToolCallingAutoConfiguration.class,
    ChatClientAutoConfiguration.class
  })
  private static final class Parts {}

  private final ConfigurableApplicationContext context;
  private final ChatClient client;
  private volatile Iterator<List<PlannedCall>> turns = Collections.emptyIterator();

  SpringTraceAgent(ToolGate gate, List<RecordedTool> tools) {
    this.context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .properties(
                "spring.ai.tools.limits.max-calls-per-tool-default=-1",
                "spring.ai.tools.limits.max-total-tool-calls=-1")
            .initializers(
                made -> {
                  GenericApplicationContext beans = (GenericApplicationContext) made;
                  // Another's bean: whoever made the gate closes it.
                  beans.registerBean(
                      ToolGate.class,
                      () -> gate,
                      definition -> definition.setDestroyMethodName(""));
                  beans.registerBean(ChatModel.class, TurnModel::new);
                  beans.registerBean(ObservationRegistry.class, ObservationRegistry::create);
                })
            .run();
    this.client =
        context
            .getBean(ChatClient.Builder.class)
            .defaultTools(tools.stream().map(SpringTraceAgent::callback).toArray())
            .build();
  }

  private static ToolCallback callback(RecordedTool tool) {
    ToolDefinition definition =
        ToolDefinition.builder()
            .name(tool.name())
            .description(tool.description())
            .inputSchema(tool.schema())
            .build();
    return new ToolCallback() {
      @Override
      public ToolDefinition getToolDefinition() {
        return definition;
      }

      @Override
      public String call(String arguments) {
        return tool.body().apply(arguments);
      }
    };
  }

  @Override
  public void play(Caller caller, String words, List<List<PlannedCall>> planned) {
    turns = planned.iterator();
    try (Scope scope = caller.open()) {
      var unused = client.prompt().user(words).call().content();
    }
  }

  @Override
  public void close() {
    context.close();
  }

  /** A model that proposes the next turn's calls, then has done. */
  private final class TurnModel implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      Iterator<List<PlannedCall>> left = turns;
      AssistantMessage message =
          left.hasNext()
              ? AssistantMessage.builder().content("").toolCalls(calls(left.next())).build()
              : new AssistantMessage("Done.");
      return new ChatResponse(List.of(new Generation(message)));
    }

    private static List<AssistantMessage.ToolCall> calls(List<PlannedCall> planned) {
      return planned.stream()
          .map(
              call ->
                  new AssistantMessage.ToolCall(
                      call.id(), "function", call.tool(), call.arguments()))
          .toList();
    }

    @Override
    public ChatOptions getOptions() {
      return ToolCallingChatOptions.builder().build();
    }
  }
}
