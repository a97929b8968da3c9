package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * The calls of one turn: decided on together, run one by one, each once, and given up together.
 * Thread-safe.
 */
final class Batch {
  private final Gateway gateway;
  private final GateRequests requests;
  private final OpenAdmissions open;
  private final SpanContext outside = Span.current().getSpanContext();
  private volatile boolean denied;

  private Batch(Gateway gateway, GateRequests requests, OpenAdmissions open) {
    this.gateway = gateway;
    this.requests = requests;
    this.open = open;
  }

  /**
   * Decides.
   *
   * @param presented what people have answered about a turn that was suspended; {@code null} if it
   *     was not
   */
  static Batch admit(
      Gateway gateway,
      List<AssistantMessage.ToolCall> proposed,
      OfferedTools tools,
      @Nullable PresentedApprovals presented) {
    GateRequests requests = new GateRequests(gateway.gate(), tools);
    String[] texts = new String[proposed.size()];
    List<ToolCall> calls = new ArrayList<>(texts.length);
    for (int i = 0; i < texts.length; i++) {
      AssistantMessage.ToolCall wanted = proposed.get(i);
      texts[i] = GateRequests.text(wanted.arguments());
      Tool tool = described(wanted.name(), calls, requests);
      ToolCall plain = requests.call(tool, texts[i], wanted.id(), null);
      String approval = presented == null ? null : presented.of(plain);
      calls.add(approval == null ? plain : requests.call(tool, texts[i], wanted.id(), approval));
    }
    List<Admission> decided = calls.isEmpty() ? List.of() : requests.admit(calls);
    if (presented != null) {
      presented.bind(decided, gateway.gate());
    }
    return new Batch(gateway, requests, new OpenAdmissions(decided, texts));
  }

  /** The same tool is asked about once. */
  private static Tool described(String name, List<ToolCall> before, GateRequests requests) {
    for (int i = 0; i < before.size(); i++) {
      Tool known = before.get(i).tool();
      if (known.name().equals(name)) {
        return known;
      }
    }
    return requests.tool(name);
  }

  /** The answers that the gate gave at first, in order. */
  List<Admission> decided() {
    return open.decided();
  }

  /** Whether a call of it was denied, when it came to run. */
  boolean denied() {
    return denied;
  }

  /** Runs the next call of a tool, inside the span that Spring AI made for it. */
  ToolResult run(String name, String arguments, ToolBody body) {
    String text = GateRequests.text(arguments);
    Admission next = open.take(name, text);
    // A manager that retries, or changed the arguments: a new call, decided on what would run.
    Admission admission = next == null ? anew(requests.tool(name), text, null, null) : next;
    ToolResult result;
    try (ToolSpan span = ToolSpan.around(admission.call(), outside, gateway)) {
      result = settled(text, admission.call(), requests.gate().execute(admission, body), body);
    }
    if (result instanceof ToolResult.Denied no) {
      denied = true;
      if (gateway.settings().denied() == Denied.ABORT) {
        throw new ToolDeniedException(no.denial());
      }
    }
    return result;
  }

  /** A long sibling, or a person, may use up the time from decision to dispatch: nothing ran. */
  private ToolResult settled(String text, ToolCall call, ToolResult first, ToolBody body) {
    ToolResult result = first;
    if (result instanceof ToolResult.Denied no
        && no.denial().reason() == ReasonCode.ADMISSION_EXPIRED) {
      result = again(text, call, call.approval(), body);
    }
    if (result instanceof ToolResult.Denied no && no.denial().approvalId() != null) {
      String answered = ApprovalWait.answered(gateway, call.task(), no.denial());
      return answered == null ? result : again(text, call, answered, body);
    }
    return result;
  }

  private ToolResult again(String text, ToolCall call, @Nullable String approval, ToolBody body) {
    Admission admission = anew(call.tool(), text, call.frameworkId(), approval);
    return requests.gate().execute(admission, body);
  }

  /** After the end of the turn the gate is not asked: the answer may use an approval up. */
  private Admission anew(Tool tool, String text, @Nullable String id, @Nullable String approval) {
    ToolCall call = requests.call(tool, text, id, approval);
    return open.ended() ? requests.gate().refuseLate(call) : requests.admit(List.of(call)).get(0);
  }

  /** Nobody will run what is left: it ends here, on record. */
  void giveUp() {
    List<Admission> left = open.end();
    if (left.isEmpty()) {
      return;
    }
    requests.gate().abandon(left);
    for (Admission admission : left) {
      ToolResult end = requests.gate().execute(admission, Batch::never);
      if (!(end instanceof ToolResult.Denied)) {
        throw new IllegalStateException("an abandoned call was not denied");
      }
    }
  }

  private static ToolResult never(String arguments) {
    throw new IllegalStateException("an abandoned call cannot run");
  }
}
