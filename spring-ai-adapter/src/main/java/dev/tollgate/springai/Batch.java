package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.AdmittedCall;
import dev.tollgate.Denial;
import dev.tollgate.Proposal;
import dev.tollgate.Refusal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.tool.Tool;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * The calls of one turn, decided on together; each is taken once, when its turn comes. Thread-safe.
 */
final class Batch {
  private final Gateway gateway;
  private final OfferedTools tools;
  private final CarriedTask carried = CarriedTask.here();
  private final SpanContext outside = Span.current().getSpanContext();
  private final List<Decided> open;
  private boolean ended;
  private volatile boolean denied;

  /**
   * @param text the arguments as the model wrote them
   */
  private record Decided(String text, Admission admission) {}

  private Batch(Gateway gateway, OfferedTools tools, int calls) {
    this.gateway = gateway;
    this.tools = tools;
    this.open = new ArrayList<>(calls);
  }

  static Batch admit(
      Gateway gateway, List<AssistantMessage.ToolCall> proposed, OfferedTools tools) {
    return admit(gateway, proposed, tools, null);
  }

  /**
   * @param presented what people have answered about a turn that was suspended; {@code null} if it
   *     was not
   */
  static Batch admit(
      Gateway gateway,
      List<AssistantMessage.ToolCall> proposed,
      OfferedTools tools,
      @Nullable PresentedApprovals presented) {
    Batch batch = new Batch(gateway, tools, proposed.size());
    List<ToolCall> calls = new ArrayList<>(proposed.size());
    for (AssistantMessage.ToolCall call : proposed) {
      Tool tool = batch.described(call.name(), calls);
      String text = text(call.arguments());
      ToolCall plain = batch.propose(tool, text, call.id(), null);
      String approval = presented == null ? null : presented.of(plain);
      calls.add(approval == null ? plain : batch.propose(tool, text, call.id(), approval));
    }
    if (calls.isEmpty()) {
      return batch;
    }
    List<Admission> admissions = batch.decide(calls);
    for (int i = 0; i < admissions.size(); i++) {
      batch.open.add(new Decided(text(proposed.get(i).arguments()), admissions.get(i)));
    }
    if (presented != null) {
      batch.onlyWithAnApproval(admissions);
    }
    return batch;
  }

  /** The same tool is asked about once. */
  private Tool described(String name, List<ToolCall> before) {
    for (ToolCall call : before) {
      if (call.tool().name().equals(name)) {
        return call.tool();
      }
    }
    return tools.describe(gateway.gate(), name);
  }

  /**
   * What needed no approval runs along with a call whose approval is used here, and never again
   * with one that was used before: so each call of the turn runs once, however often and from how
   * many threads the turn is resumed.
   */
  private void onlyWithAnApproval(List<Admission> admissions) {
    boolean used = false;
    boolean before = false;
    List<Admission> others = new ArrayList<>();
    for (Admission admission : admissions) {
      if (admission.call().approval() == null) {
        others.add(admission);
      } else if (admission instanceof AdmittedCall) {
        used = true;
      } else {
        before |= ((Refusal) admission).denial().reason() == ReasonCode.APPROVAL_USED;
      }
    }
    if (!used || before) {
      gateway.gate().abandon(others);
    }
  }

  /** The approvals that calls wait for, each once; empty if none does. */
  List<String> waiting() {
    List<String> ids = List.of();
    for (Decided one : open) {
      String id = one.admission instanceof Refusal no ? no.denial().approvalId() : null;
      if (id != null && !ids.contains(id)) {
        ids = ids.isEmpty() ? new ArrayList<>() : ids;
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * The first denial; {@code null} if there is none.
   *
   * @param pending whether a call that waits for approval is one
   */
  @Nullable Denial lost(boolean pending) {
    for (Decided one : open) {
      if (one.admission instanceof Refusal no && (pending || no.denial().approvalId() == null)) {
        return no.denial();
      }
    }
    return null;
  }

  /** Whether a call of it was denied, when it came to run. */
  boolean denied() {
    return denied;
  }

  /** Runs the next call of a tool, inside the span that Spring AI made for it. */
  ToolResult run(String name, String arguments, ToolBody body) {
    ToolGate gate = gateway.gate();
    String text = text(arguments);
    Admission admission = take(name, text);
    ToolResult result;
    try (ToolSpan span = ToolSpan.around(admission.call(), outside, gateway)) {
      result = settled(text, admission.call(), gate.execute(admission, body), body);
    }
    if (result instanceof ToolResult.Denied no) {
      denied = true;
      if (gateway.settings().denied() == Denied.ABORT) {
        throw new ToolDeniedException(no.denial());
      }
    }
    return result;
  }

  /** Calls have no id here, but come in the order of the list. */
  private Admission take(String name, String text) {
    boolean over;
    synchronized (this) {
      for (int i = 0; i < open.size(); i++) {
        Decided next = open.get(i);
        if (next.text.equals(text) && next.admission.call().tool().name().equals(name)) {
          open.remove(i);
          return next.admission;
        }
      }
      over = ended;
    }
    // A manager that retries, or changed the arguments: a new call, decided on what would run.
    ToolCall anew = propose(tools.describe(gateway.gate(), name), text, null, null);
    return over ? gateway.gate().refuseLate(anew) : decide(List.of(anew)).get(0);
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
    ToolCall anew = propose(call.tool(), text, call.frameworkId(), approval);
    return gateway.gate().execute(decide(List.of(anew)).get(0), body);
  }

  /** Nobody will run what is left: it ends here, on record. */
  void giveUp() {
    List<Admission> left;
    synchronized (this) {
      ended = true;
      if (open.isEmpty()) {
        return;
      }
      left = open.stream().map(Decided::admission).toList();
      open.clear();
    }
    ToolGate gate = gateway.gate();
    gate.abandon(left);
    for (Admission admission : left) {
      ToolResult end = gate.execute(admission, Batch::never);
      if (!(end instanceof ToolResult.Denied)) {
        throw new IllegalStateException("an abandoned call was not denied");
      }
    }
  }

  private static ToolResult never(String arguments) {
    throw new IllegalStateException("an abandoned call cannot run");
  }

  private ToolCall propose(Tool tool, String text, @Nullable String id, @Nullable String approval) {
    String known = id == null || id.isEmpty() ? null : id;
    return gateway
        .gate()
        .propose(new Proposal(carried.task(), tool, text, known, SpanOwner.FRAMEWORK, approval));
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
