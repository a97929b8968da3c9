package dev.tollgate.langchain4j.mcp;

import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.protocol.McpCallToolRequest;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpReadResourceRequest;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.destination.ConnectionCheck;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests on their way, each with the call that it was made in. A transport that lost its
 * session sends a request again on a thread of its HTTP client, which knows nothing of the call.
 */
final class SentRequests {
  private final @Nullable Grant grant;
  private final Map<McpClientMessage, Sent> sent = Collections.synchronizedMap(new WeakHashMap<>());

  private record Sent(Context context, @Nullable String delegation) {}

  /**
   * @param grant what each call hands on; {@code null} for nothing
   */
  SentRequests(@Nullable Grant grant) {
    this.grant = grant;
  }

  /**
   * Runs {@code use} in the call that a request belongs to, with what it hands on; does nothing for
   * any other message, and where there is no call, or none any more.
   *
   * <p>Lists are left out: the client keeps them, and shows them to the next user.
   */
  void inCall(@Nullable McpCallContext context, Consumer<@Nullable String> use) {
    @Nullable McpClientMessage message = context == null ? null : context.message();
    if (message instanceof McpCallToolRequest || message instanceof McpReadResourceRequest) {
      Sent first = sent.get(message);
      Context call = first == null ? Context.current() : first.context();
      try (Scope in = call.makeCurrent()) {
        if (ConnectionCheck.current().filter(check -> !check.ended()).isPresent()) {
          use.accept(first == null ? remembered(message, call) : first.delegation());
        }
      }
    }
  }

  private @Nullable String remembered(McpClientMessage message, Context call) {
    String delegation = grant == null ? null : delegate(grant);
    sent.put(message, new Sent(call, delegation));
    return delegation;
  }

  /** A server that is to get one is not asked without. */
  private static String delegate(Grant to) {
    Task task = Task.current();
    if (task == null) {
      throw new IllegalStateException("a call without a task has nothing to hand on");
    }
    try {
      return TollgateLangChain4j.gate().delegations().delegate(task, to);
    } catch (DelegationException e) {
      // Without the cause: frameworks show a model the innermost message.
      throw new IllegalStateException("the task is not handed on: " + e.reason().code());
    }
  }
}
