package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.tool.Tool;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.tool.ToolCallback;

/** The calls of one turn, decided on together; each is taken once, when its turn comes. */
final class Batch {
  private final Gateway gateway;
  private final OfferedTools tools;
  private final CarriedTask carried = CarriedTask.here();
  private final SpanContext outside = Span.current().getSpanContext();
  private final List<Admission> admissions = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  private Batch(Gateway gateway, OfferedTools tools) {
    this.gateway = gateway;
    this.tools = tools;
  }

  static Batch admit(
      Gateway gateway, List<AssistantMessage.ToolCall> proposed, OfferedTools tools) {
    Batch batch = new Batch(gateway, tools);
    Map<String, Tool> known = new HashMap<>();
    List<ToolCall> calls = new ArrayList<>();
    for (AssistantMessage.ToolCall call : proposed) {
      Tool tool = known.computeIfAbsent(call.name(), name -> tools.describe(gateway.gate(), name));
      batch.written.add(text(call.arguments()));
      calls.add(batch.propose(tool, call.arguments(), call.id()));
    }
    if (!calls.isEmpty()) {
      batch.admissions.addAll(batch.decide(calls));
    }
    return batch;
  }

  /** Runs the next call of a tool, inside the span that Spring AI made for it. */
  ToolResult run(ToolCallback callback, String arguments, ToolBody body) {
    ToolGate gate = gateway.gate();
    Admission admission = take(callback, arguments);
    try (ToolSpan span = ToolSpan.around(admission.call(), outside, gateway)) {
      return gate.execute(admission, body);
    }
  }

  /** Calls have no id here, but come in the order of the list. */
  private synchronized Admission take(ToolCallback callback, String arguments) {
    String name = callback.getToolDefinition().name();
    Iterator<String> texts = written.iterator();
    for (Iterator<Admission> all = admissions.iterator(); all.hasNext(); ) {
      Admission next = all.next();
      if (texts.next().equals(text(arguments)) && next.call().tool().name().equals(name)) {
        all.remove();
        texts.remove();
        return next;
      }
    }
    // A manager that retries, or changed the arguments: a new call, decided on what would run.
    Tool tool = tools.describe(gateway.gate(), name);
    return decide(List.of(propose(tool, arguments, null))).get(0);
  }

  private ToolCall propose(Tool tool, @Nullable String arguments, @Nullable String id) {
    String known = id == null || id.isEmpty() ? null : id;
    return gateway
        .gate()
        .propose(new Proposal(carried.task(), tool, text(arguments), known, SpanOwner.FRAMEWORK));
  }

  private List<Admission> decide(List<ToolCall> calls) {
    try (Scope contradiction = carried.exposed()) {
      return gateway.gate().admit(calls);
    }
  }

  /** Some models write nothing for a tool without parameters; Spring AI makes that an object. */
  private static String text(@Nullable String arguments) {
    return arguments == null || arguments.isBlank() ? "{}" : arguments;
  }
}
