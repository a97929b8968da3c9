package dev.tollgate.springai.mcpserver;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.delegation.DelegationText;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.springai.weave.ActiveCall;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides on the calls that MCP clients make, and runs them. Thread-safe. */
final class ServedCalls {
  private final Supplier<ToolGate> gate;
  private final @Nullable AgentIdentity application;
  private final CallerSources callers;

  /**
   * @param application who works for the client, where the gate has no agent configured
   */
  ServedCalls(Supplier<ToolGate> gate, @Nullable AgentIdentity application, CallerSources callers) {
    this.gate = gate;
    this.application = application;
    this.callers = callers;
  }

  ToolGate gate() {
    return gate.get();
  }

  CallerSources callers() {
    return callers;
  }

  /**
   * One call, on a thread that may block.
   *
   * @param handler the tool's own; what it throws is thrown
   */
  CallToolResult run(
      Tool tool,
      Arrival arrival,
      CallToolRequest request,
      Function<CallToolRequest, @Nullable CallToolResult> handler) {
    Map<String, Object> meta = request.meta() == null ? Map.of() : request.meta();
    Task task = arrival.authentic() ? task(arrival, meta) : null;
    ToolCall call =
        gate().propose(new Proposal(task, tool, arguments(request), null, SpanOwner.GATE));
    AtomicBoolean structured = new AtomicBoolean();
    ToolResult result =
        gate()
            .call(
                call,
                decided -> {
                  CallToolRequest as =
                      new CallToolRequest(tool.name(), PlainJson.read(decided), rest(meta));
                  try (ActiveCall active = ActiveCall.of(handler, tool.name(), decided)) {
                    CallToolResult answer = handler.apply(as);
                    if (answer == null) {
                      throw new IllegalStateException("the tool gave no result");
                    }
                    structured.set(ToolAnswer.structured(answer));
                    return ToolAnswer.of(answer);
                  }
                });
    if (result instanceof ToolResult.Returned returned) {
      return ToolAnswer.of(returned, structured.get());
    }
    if (result instanceof ToolResult.Failed failed) {
      throw thrown(failed.cause());
    }
    return ToolAnswer.of(((ToolResult.Denied) result).denial());
  }

  /**
   * The client's part of the task, if it was handed over; otherwise a call is an event: who wrote
   * it is not known, and what it says was not asked for by anybody. Who calls is never read from
   * what the client sent.
   */
  private Task task(Arrival arrival, Map<String, Object> meta) {
    boolean handed = !arrival.headers().isEmpty() || meta.containsKey(DelegationText.METADATA);
    Task ambient = Task.current();
    if (ambient != null && !handed) {
      return ambient;
    }
    Task event =
        gate().startTask(new Intent(Intent.Source.EVENT, ""), application, arrival.caller(), null);
    Caller caller = event.caller();
    return handed && caller != null
        ? gate()
            .delegations()
            .accept(DelegationText.received(arrival.headers(), meta), caller, event.agent())
        : event;
  }

  private static String arguments(CallToolRequest request) {
    try {
      return request.arguments() == null ? "{}" : PlainJson.write(request.arguments());
    } catch (IllegalArgumentException e) {
      return "no JSON"; // which the gate denies, on record
    }
  }

  /** A delegation is for the gate, and was used up. */
  private static Map<String, Object> rest(Map<String, Object> meta) {
    Map<String, Object> rest = new HashMap<>(meta);
    rest.remove(DelegationText.METADATA);
    return rest;
  }

  /** As the tool threw it: the SDK tells its own errors from others. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> RuntimeException thrown(Exception cause) throws E {
    throw (E) cause;
  }
}
