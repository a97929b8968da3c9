package dev.tollgate.benchmarks;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;

/**
 * A process that builds an AI service, lets a scripted model call one tool, and ends. Started with
 * and without Tollgate on the class path, the difference is what the jar adds to a start. It names
 * nothing of Tollgate.
 */
public final class StartUp {
  interface Clerk {
    String chat(String message);
  }

  private StartUp() {}

  /** Prints what the tool answered: {@code paid}, or why it did not run. */
  public static void main(String[] arguments) {
    Clerk clerk =
        AiServices.builder(Clerk.class).chatModel(new Script()).tools(new PayTool()).build();
    System.out.println(clerk.chat("Pay the office supplies"));
  }

  /** Calls the tool, then repeats its result. */
  private static final class Script implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      var last = request.messages().get(request.messages().size() - 1);
      AiMessage answer =
          last instanceof ToolExecutionResultMessage result
              ? AiMessage.from(result.text())
              : AiMessage.from(
                  ToolExecutionRequest.builder()
                      .id("call_1")
                      .name(PayTool.NAME)
                      .arguments(PayTool.ARGUMENTS)
                      .build());
      return ChatResponse.builder().aiMessage(answer).build();
    }
  }
}
