package dev.tollgate.langchain4j.a2a;

import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Delegations;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import io.a2a.spec.Message;
import java.util.Map;

/** The other side of {@link HandedMessage}: for the executor of an A2A server's agent. */
public final class ReceivedMessage {
  private ReceivedMessage() {}

  /**
   * The task that came with a message. Never throws for what arrived: where nothing did, or nothing
   * that holds, every call of the task is denied, for the reason why.
   *
   * <pre>{@code
   * Task task = ReceivedMessage.task(gate.delegations(), message, headers, caller, worker);
   * try (Scope scope = task.open()) {
   *   worker.chat(text);
   * }
   * }</pre>
   *
   * @param headers the request's
   * @param caller on whose behalf, as the server authenticated it; never read from the message
   * @param receiver the agent that is to work
   */
  public static Task task(
      Delegations delegations,
      Message message,
      Map<String, ?> headers,
      Caller caller,
      AgentIdentity receiver) {
    return delegations.accept(
        DelegationText.received(headers, message.getMetadata()), caller, receiver);
  }
}
