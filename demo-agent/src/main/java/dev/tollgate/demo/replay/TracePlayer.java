package dev.tollgate.demo.replay;

import dev.tollgate.ToolGate;
import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.Effect;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays recorded traces through one framework's real adapter, open loop: every recorded call is
 * proposed, whatever became of those before it. Each trace is a task and a conversation of its own.
 * Used by one thread.
 */
public final class TracePlayer implements AutoCloseable {
  /** What the calls of a trace are called, with the step's index behind it. */
  public static final String CALL = "call_";

  private final String framework;
  private final ToolGate gate;
  private final PlayWatch watch;
  private final @Nullable Set<Effect> asked;
  private final TreeSet<String> offered = new TreeSet<>();
  private long played;
  private @Nullable TraceAgent agent;
  private volatile @Nullable RecordedResults results;

  /**
   * @param asked the effects that each task is started for; {@code null} if nobody says, and the
   *     adapter starts it
   */
  public TracePlayer(
      String framework, ToolGate gate, PlayWatch watch, @Nullable Set<Effect> asked) {
    this.framework = framework;
    this.gate = gate;
    this.watch = watch;
    this.asked = asked;
  }

  /** Gives the agent these tools as well. A tool it has not heard of when a trace calls it is. */
  public void offer(Collection<String> tools) {
    var unused = agentWith(tools);
  }

  /** Plays a trace; whatever the framework throws comes out. */
  public void play(RecordedTrace trace) {
    TraceAgent with =
        agentWith(trace.steps().stream().map(RecordedStep::tool).collect(Collectors.toSet()));
    results = new RecordedResults(trace);
    // Frameworks refuse an empty message; a few traces recorded none.
    String words = trace.prompt().isBlank() ? "(no words recorded)" : trace.prompt();
    watch.begins(trace);
    try {
      // A user of its own: budgets and approvals that wait are counted by user.
      play(with, Caller.of("replay", "recorded-user-" + ++played), words, planned(trace));
    } finally {
      watch.ends();
    }
  }

  /** Only an application can say what a task is for, so here the player is the application. */
  private void play(TraceAgent with, Caller caller, String words, List<List<PlannedCall>> planned) {
    if (asked == null) {
      with.play(caller, words, planned);
      return;
    }
    Intent intent = Intent.human(words).asking(asked);
    try (Scope task = gate.startTask(intent, null, caller, null).open()) {
      with.play(caller, words, planned);
    }
  }

  private static List<List<PlannedCall>> planned(RecordedTrace trace) {
    List<List<PlannedCall>> turns = new ArrayList<>();
    int step = 0;
    for (List<RecordedStep> turn : trace.turns()) {
      List<PlannedCall> calls = new ArrayList<>();
      for (RecordedStep recorded : turn) {
        calls.add(new PlannedCall(CALL + step++, recorded.tool(), recorded.arguments()));
      }
      turns.add(calls);
    }
    return turns;
  }

  private TraceAgent agentWith(Collection<String> tools) {
    TraceAgent present = agent;
    if (present != null && offered.containsAll(tools)) {
      return present;
    }
    close();
    offered.addAll(tools);
    List<RecordedTool> all = offered.stream().map(this::tool).toList();
    TraceAgent made =
        switch (framework) {
          case "langchain4j" -> new LangChain4jTraceAgent(gate, all);
          case "spring-ai" -> new SpringTraceAgent(gate, all);
          default -> throw new IllegalArgumentException("no framework '" + framework + "'");
        };
    agent = made;
    return made;
  }

  private RecordedTool tool(String name) {
    return new RecordedTool(
        name,
        "Recorded",
        "{\"type\":\"object\"}",
        arguments -> {
          watch.bodyRan(name);
          RecordedResults from = results;
          if (from == null) {
            throw new IllegalStateException("no trace is being played");
          }
          return from.take(name, arguments);
        });
  }

  @Override
  public void close() {
    TraceAgent present = agent;
    agent = null;
    if (present != null) {
      present.close();
    }
  }
}
