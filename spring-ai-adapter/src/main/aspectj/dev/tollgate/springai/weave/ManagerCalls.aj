package dev.tollgate.springai.weave;

import dev.tollgate.springai.WovenCalls;
import org.aspectj.lang.annotation.SuppressAjWarnings;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;

/** Every manager that runs the tools of a turn, whoever made it. */
public final aspect ManagerCalls {
  pointcut turn(ToolCallingManager manager, Prompt prompt, ChatResponse response):
      execution(ToolExecutionResult ToolCallingManager+.executeToolCalls(Prompt, ChatResponse))
      && this(manager) && args(prompt, response) && !CallbackCalls.ours();

  @SuppressAjWarnings("adviceDidNotMatch")
  ToolExecutionResult around(ToolCallingManager manager, Prompt prompt, ChatResponse response):
      turn(manager, prompt, response) {
    return WovenCalls.execute(manager, prompt, response, new TurnRest() {
      @Override
      public ToolExecutionResult apply(Prompt decided, ChatResponse same) {
        return proceed(manager, decided, same);
      }
    });
  }
}
