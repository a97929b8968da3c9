package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.Admission;
import dev.tollgate.Denial;
import dev.tollgate.Refusal;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a model proposed in one response: decided on together, when the first of them is
 * about to run; each is taken once. Thread-safe.
 */
final class Turn {
  private final Task task;
  private final List<ToolExecutionRequest> requests;
  private final Map<String, ToolExecutor> tools;
  private final List<Proposed> open = new ArrayList<>();
  private final List<Denial> denied = new ArrayList<>();
  private boolean decided;

  private record Proposed(
      ToolExecutionRequest request, GatedExecutor executor, Admission admission) {}

  /**
   * @param tools the executors that the framework will look the calls up in
   */
  Turn(Task task, List<ToolExecutionRequest> requests, Map<String, ToolExecutor> tools) {
    this.task = task;
    this.requests = requests;
    this.tools = tools;
  }

  /** Whether the model proposed a call in this turn, decided on and taken or not. */
  boolean proposed(ToolExecutionRequest request) {
    return requests.contains(request);
  }

  /**
   * The decision on a call, to be used once.
   *
   * @param executor what would run; a decision on another one of the same name is none on it
   * @return {@code null} if the call was not proposed in this turn, or is taken already
   */
  synchronized @Nullable Admission take(
      ToolGate gate, ToolExecutionRequest request, GatedExecutor executor) {
    decide(gate);
    Proposed found = find(request);
    if (found == null || found.executor != executor) {
      return null;
    }
    open.remove(found);
    return found.admission;
  }

  /** Ids may be equal or missing, and a model chooses them: of equal requests each takes one. */
  @SuppressWarnings("ReferenceEquality") // the very request, where the framework kept it
  private @Nullable Proposed find(ToolExecutionRequest request) {
    Proposed equal = null;
    for (Proposed proposed : open) {
      if (proposed.request == request) {
        return proposed;
      }
      if (equal == null && proposed.request.equals(request)) {
        equal = proposed;
      }
    }
    return equal;
  }

  /**
   * The first denial among the calls, also of one that is taken: whoever took it may not have told
   * the run yet. {@code null} if there is none.
   *
   * @param pending whether a call that waits for approval is one
   */
  synchronized @Nullable Denial denied(ToolGate gate, boolean pending) {
    decide(gate);
    for (Denial one : denied) {
      if (pending || one.approvalId() == null) {
        return one;
      }
    }
    return null;
  }

  /** Nobody will run what is left: it ends here, on record. */
  synchronized void giveUp(ToolGate gate) {
    List<Admission> left = open.stream().map(Proposed::admission).toList();
    open.clear();
    decided = true;
    gate.abandon(left);
    for (Admission admission : left) {
      ToolResult denied =
          gate.execute(
              admission,
              arguments -> {
                throw new IllegalStateException("an abandoned call cannot run");
              });
      if (!(denied instanceof ToolResult.Denied)) {
        throw new IllegalStateException("an abandoned call was not denied");
      }
    }
  }

  private void decide(ToolGate gate) {
    if (decided) {
      return;
    }
    decided = true; // also if this fails: then each call is decided on by itself
    List<ToolCall> calls = new ArrayList<>();
    List<ToolExecutionRequest> known = new ArrayList<>();
    List<GatedExecutor> executors = new ArrayList<>();
    for (ToolExecutionRequest request : requests) {
      if (tools.get(request.name()) instanceof GatedExecutor executor) {
        known.add(request);
        executors.add(executor);
        calls.add(gate.propose(executor.proposal(gate, task, request)));
      }
    }
    List<Admission> admissions = gate.admit(calls);
    for (int i = 0; i < admissions.size(); i++) {
      open.add(new Proposed(known.get(i), executors.get(i), admissions.get(i)));
      if (admissions.get(i) instanceof Refusal refusal) {
        denied.add(refusal.denial());
      }
    }
  }
}
