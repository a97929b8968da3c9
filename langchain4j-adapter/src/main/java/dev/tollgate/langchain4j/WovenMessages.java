package dev.tollgate.langchain4j;

import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.internal.Json;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.langchain4j.a2a.HandedMessage;
import dev.tollgate.langchain4j.weave.Sending;
import dev.tollgate.tool.ToolDefinition;
import io.a2a.client.AbstractClient;
import io.a2a.spec.AgentCard;
import io.a2a.spec.Message;
import io.a2a.spec.Part;
import io.a2a.spec.TextPart;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages to agents elsewhere. For the aspects, not for applications; loaded only where there is
 * an A2A client. Thread-safe.
 */
public final class WovenMessages {
  private static final String SOURCE = "a2a";

  private WovenMessages() {}

  /**
   * Decides on a message to another agent, as on a call of a tool of the agent's name.
   *
   * @param from the framework's agent that stands for the one elsewhere
   * @param client what sends it
   * @throws ToolDeniedException if it was denied: there is no answer that could say so
   */
  public static void send(Object from, AbstractClient client, Message message, Sending rest) {
    ToolDefinition definition = definition(from, hidden(client, "agentCard"));
    ToolResult result =
        new WovenPassage(gate -> gate.describe(definition), arguments(message), null, null)
            .pass(
                arguments -> {
                  HandedMessage handed = handed(from, message);
                  rest.with(handed.message(), handed.context());
                  return ToolResult.returned("");
                });
    if (result instanceof ToolResult.Denied denied) {
      throw new ToolDeniedException(denied.denial());
    }
  }

  /** Signed inside the call, in its task, after it was decided on. */
  private static HandedMessage handed(Object from, Message message) {
    ToolGate gate = TollgateLangChain4j.gateIfAny();
    return gate != null && hidden(from, "agentServiceClass") instanceof Class<?> agent
        ? HandedMessage.of(gate, agent, message)
        : new HandedMessage(message, null);
  }

  private static ToolDefinition definition(Object from, @Nullable Object known) {
    if (known instanceof AgentCard card) {
      return new ToolDefinition(card.name(), card.description(), "", SOURCE + ":" + card.url());
    }
    return from instanceof AgentInstance agent
        ? new ToolDefinition(agent.name(), agent.description(), "", SOURCE)
        : new ToolDefinition("(unnamed)", "", "", SOURCE);
  }

  /**
   * Both sides of the call keep to themselves whom they talk to, and the client would ask the other
   * side. Where another version has no such field, nothing is handed over.
   */
  private static @Nullable Object hidden(Object object, String name) {
    try {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** Parts that are no text are named by their kind: what is in them is not the gate's to read. */
  private static String arguments(Message message) {
    List<String> parts = message.getParts().stream().map(WovenMessages::text).toList();
    return Json.toJson(Map.of("parts", parts));
  }

  private static String text(Part<?> part) {
    return part instanceof TextPart text ? text.getText() : "(" + part.getKind() + ")";
  }
}
