package dev.tollgate.springai;

import java.util.List;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A turn of which nothing has run yet, since a person has to be asked first. An application that
 * outlives its process keeps the messages and the ids itself, and makes this anew from them.
 *
 * @param prompt the messages before the response, and options with the tools
 * @param response the model's response with its calls
 * @param approvalIds what its calls wait for; at least one
 */
public record SuspendedTurn(Prompt prompt, ChatResponse response, List<String> approvalIds) {
  public SuspendedTurn {
    approvalIds = List.copyOf(approvalIds);
    if (approvalIds.isEmpty()) {
      throw new IllegalArgumentException("a turn that waits for no approval cannot be resumed");
    }
  }

  /** Not the words: they are the user's and the model's. */
  @Override
  public String toString() {
    return "SuspendedTurn" + approvalIds;
  }
}
