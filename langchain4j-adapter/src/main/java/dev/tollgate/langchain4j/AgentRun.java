package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.Admission;
import dev.tollgate.Denial;
import dev.tollgate.ToolGate;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of an AI service: its task, the tools it has at the moment, and the calls that the
 * model proposed in its last response. Thread-safe.
 */
final class AgentRun {
  private final Task task;
  private final List<Admission> running = new ArrayList<>();
  private final Map<String, Boolean> offered = new ConcurrentHashMap<>();
  private Map<String, ToolExecutor> tools = Map.of();
  private final List<ToolExecutionRequest> early = new ArrayList<>();
  private @Nullable Turn turn;
  private @Nullable Denial aborted;
  private boolean ended;

  AgentRun(Task task) {
    this.task = task;
  }

  Task task() {
    return task;
  }

  /** The framework has put a list of tools together, for the next request to the model. */
  synchronized void offers(Map<String, ToolExecutor> executors) {
    tools = executors;
  }

  /** Whether the model is told of a tool. Asked once for a task, however often it is offered. */
  boolean offers(ToolGate gate, String name) {
    ToolExecutor tool;
    synchronized (this) {
      tool = tools.get(name);
    }
    // Not under the lock: what the gate knows of a tool its server may have to be asked.
    return !(tool instanceof GatedExecutor executor)
        || offered.computeIfAbsent(
            name, once -> gate.offers(task, executor.describedBy(gate, name)));
  }

  /** The model has answered. A single call needs no turn: it is decided when it comes. */
  void proposed(ToolGate gate, List<ToolExecutionRequest> requests) {
    Turn before;
    synchronized (this) {
      before = turn;
      List<ToolExecutionRequest> waiting = new ArrayList<>(requests);
      early.forEach(waiting::remove);
      early.clear();
      turn = waiting.size() > 1 ? new Turn(task, waiting, tools) : null;
    }
    if (before != null) {
      before.giveUp(gate); // what the framework did not run by now it never runs
    }
  }

  /**
   * The calls of the last response; {@code null} if there were not several.
   *
   * @param single the call that is decided by itself if so, where its turn may come later: a stream
   *     that runs tools concurrently begins while the model still writes the next call
   */
  synchronized @Nullable Turn turn(@Nullable ToolExecutionRequest single) {
    if (single != null && (turn == null || !turn.proposed(single))) {
      early.add(single);
      return null; // the turn that is known is the one before
    }
    return turn;
  }

  /** A call is about to begin; {@code false} if the run is over, so that it must not. */
  synchronized boolean started(Admission admission) {
    if (!ended) {
      running.add(admission);
    }
    return !ended;
  }

  synchronized void finished(Admission admission) {
    running.remove(admission);
  }

  /** From here on no call of this run begins, and the model is not asked again. */
  synchronized void abort(Denial denial) {
    if (aborted == null) {
      aborted = denial;
    }
  }

  /** The denial that ended the run; {@code null} if none did. */
  synchronized @Nullable Denial aborted() {
    return aborted;
  }

  /** Whether no call of this run may begin any more. */
  synchronized boolean over() {
    return ended || aborted != null;
  }

  /** The run is over: what it leaves behind does not begin, or loses its credential. */
  void end(ToolGate gate) {
    Turn last;
    List<Admission> left;
    synchronized (this) {
      ended = true;
      last = turn;
      turn = null;
      left = List.copyOf(running);
      running.clear();
    }
    if (last != null) {
      last.giveUp(gate);
    }
    if (!left.isEmpty()) {
      gate.abandon(left);
    }
  }
}
