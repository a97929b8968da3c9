package dev.tollgate.langchain4j.a2a;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.delegation.Grant;
import dev.tollgate.langchain4j.agentic.AgenticTasks;
import dev.tollgate.langchain4j.delegate.DeclaredGrant;
import dev.tollgate.task.Task;
import io.a2a.client.transport.spi.interceptors.ClientCallContext;
import io.a2a.spec.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to an agent elsewhere, with the part of the task that its interface declares: signed,
 * as a header and in the message's metadata. An agent that declares nothing is handed nothing, and
 * so may do nothing that its own gate demands a delegation for.
 *
 * @param message the message to send
 * @param context what the client sends it with; {@code null} where nothing is handed over
 */
public record HandedMessage(Message message, @Nullable ClientCallContext context) {

  /**
   * Signs for one message: what is handed over is accepted once.
   *
   * @param agent the interface that the application knows the agent by
   * @throws IllegalStateException if it declares something and that cannot be handed over; then the
   *     message is not to be sent
   */
  public static HandedMessage of(ToolGate gate, Class<?> agent, Message message) {
    Grant grant = DeclaredGrant.on(agent).with(List.of());
    if (grant == null) {
      return new HandedMessage(message, null);
    }
    Task task = AgenticTasks.current();
    if (task == null) {
      throw new IllegalStateException("there is no task to hand on to " + grant.to());
    }
    try {
      return carrying(gate.delegations().delegate(task, grant), message);
    } catch (DelegationException e) {
      throw new IllegalStateException(
          "the task is not handed on to " + grant.to() + ": " + e.reason().code(), e);
    }
  }

  private static HandedMessage carrying(String signed, Message message) {
    Map<String, Object> metadata = new HashMap<>();
    @Nullable Map<String, Object> own = message.getMetadata();
    if (own != null) {
      metadata.putAll(own);
    }
    metadata.putAll(DelegationText.metadata(signed));
    return new HandedMessage(
        new Message.Builder(message).metadata(metadata).build(),
        new ClientCallContext(Map.of(), DelegationText.headers(signed)));
  }

  /** Not what was signed. */
  @Override
  public String toString() {
    return "HandedMessage[" + message.getMessageId() + "]";
  }
}
