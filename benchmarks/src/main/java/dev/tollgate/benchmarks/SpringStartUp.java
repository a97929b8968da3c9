package dev.tollgate.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring Boot process that lets a scripted model call one tool, says how much memory it holds
 * before and after that, and ends. Started with and without Tollgate on the class path, the
 * difference is what the starter adds. It names nothing of Tollgate.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SpringStartUp {

  /**
   * Prints seconds and megabytes when the application is ready, what the tool answered, and the
   * seconds by then.
   *
   * @param arguments {@code memory} to collect garbage and print memory, which takes time
   */
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext context = SpringApplication.run(SpringStartUp.class)) {
      System.out.printf("ready after %.3f s%n", seconds());
      boolean memory = arguments.length > 0 && arguments[0].equals("memory");
      if (memory) {
        System.out.printf("idle: %s%n", megabytes());
      }
      ChatClient client = context.getBean(ChatClient.Builder.class).build();
      System.out.println(
          client
              .prompt()
              .user("Pay the office supplies")
              .tools(new SpringPayTool())
              .call()
              .content());
      System.out.printf("called after %.3f s%n", seconds());
      if (memory) {
        System.out.printf("after a call: %s%n", megabytes());
      }
    }
  }

  @Bean
  ChatModel model() {
    return new Script();
  }

  private static double seconds() {
    return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
        / 1000.0;
  }

  /** After collections, so that it is what is held. */
  private static String megabytes() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    long other = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == java.lang.management.MemoryType.NON_HEAP) {
        other += pool.getUsage().getUsed();
      }
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return String.format("heap %.2f MB, classes and code %.2f MB", heap / 1e6, other / 1e6);
  }

  /** Calls the tool, then repeats its result. */
  private static final class Script implements ChatModel {
    @Override
    public ToolCallingChatOptions getOptions() {
      return ToolCallingChatOptions.builder().build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      var last = prompt.getInstructions().get(prompt.getInstructions().size() - 1);
      AssistantMessage answer =
          last instanceof ToolResponseMessage result
              ? new AssistantMessage(result.getResponses().get(0).responseData())
              : AssistantMessage.builder()
                  .content("")
                  .toolCalls(
                      List.of(
                          new AssistantMessage.ToolCall(
                              "call_1", "function", PayTool.NAME, PayTool.ARGUMENTS)))
                  .build();
      return new ChatResponse(List.of(new Generation(answer)));
    }
  }
}
