package dev.tollgate.springai;

import dev.tollgate.task.Task;
import java.util.List;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * A turn that was suspended, after its calls have run or were denied.
 *
 * @param task what the user asked for then; a chat inside {@link Task#open()} goes on with it
 * @param result as Spring AI's manager gives it
 */
public record ResumedTurn(Task task, ToolExecutionResult result) {

  /** All messages up to the results, for the next request to the model. */
  public List<Message> history() {
    return result.conversationHistory();
  }

  /** Not the words: they are the user's and the model's. */
  @Override
  public String toString() {
    return "ResumedTurn[" + task.id() + "]";
  }
}
