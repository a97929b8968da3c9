package dev.tollgate.springai.packed;

import dev.tollgate.ToolGate;
import dev.tollgate.task.Intent;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends mails on every path that there is, and says what came of it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Shop {
  /** The tool. */
  public static final class Mail {
    @Tool(description = "Sends a mail")
    public String send(String to) {
      return "the mail to " + to + " is sent";
    }
  }

  /** Asks for the tool, then repeats what it was told. */
  private static final class Insisting implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      Message last = prompt.getInstructions().get(prompt.getInstructions().size() - 1);
      ToolCall send = new ToolCall("1", "function", "send", "{\"to\":\"eve\"}");
      return new ChatResponse(
          List.of(
              new Generation(
                  last instanceof ToolResponseMessage told
                      ? new AssistantMessage(told.getResponses().get(0).responseData())
                      : AssistantMessage.builder().content("").toolCalls(List.of(send)).build())));
    }

    @Override
    public ChatOptions getOptions() {
      return ToolCallingChatOptions.builder().build();
    }
  }

  @Bean
  ChatModel model() {
    return new Insisting();
  }

  public static void main(String[] args) {
    try (var context = SpringApplication.run(Shop.class, args)) {
      System.out.println(
          "guarded client: " + ask(context.getBean(ChatClient.Builder.class).build()));
      ToolGate gate = context.getBean(ToolGate.class);
      try (var task = gate.startTask(Intent.human("mail eve"), null, null, null).open()) {
        System.out.println("own client: " + ask(ChatClient.create(new Insisting())));
        System.out.println(
            "own call: " + ToolCallbacks.from(new Mail())[0].call("{\"to\":\"eve\"}"));
        System.out.println("method: " + new Mail().send("eve"));
      } catch (RuntimeException e) {
        System.out.println("method: " + e.getMessage());
      }
    }
  }

  private static String ask(ChatClient client) {
    return String.valueOf(client.prompt().user("mail eve").tools(new Mail()).call().content());
  }
}
