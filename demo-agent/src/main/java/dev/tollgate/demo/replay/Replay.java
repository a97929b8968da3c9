package dev.tollgate.demo.replay;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.demo.agent.AgentLoop;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.agent.RecordedTool;
import dev.tollgate.demo.agent.Script;
import dev.tollgate.demo.console.Table;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Plays tool calls that real models made through a real adapter, with the gate in between. */
public final class Replay {
  private final PrintStream out;
  private final DemoFolder folder;
  private final String policies;
  private final ToolManifest manifest;
  private final ReplayCount count = new ReplayCount();
  private volatile RecordedResults results =
      new RecordedResults(new RecordedTrace("", "", "", List.of()));

  public Replay(PrintStream out, DemoFolder folder, String policies, ToolManifest manifest) {
    this.out = out;
    this.folder = folder;
    this.policies = policies;
    this.manifest = manifest;
  }

  /** Plays the files; true if the figures add up and the audit verifies. */
  public boolean play(String framework, List<Path> files) throws IOException {
    long start = System.nanoTime();
    boolean whole = true;
    try (CountingAudit audit = audit();
        ToolGate gate = gate(audit)) {
      for (Path file : files) {
        try {
          play(framework, gate, audit, file);
        } catch (TraceException e) {
          out.println("✘ " + e.getMessage());
          whole = false;
        }
      }
    }
    AuditCheck audit = AuditCheck.of(folder);
    print(framework, (System.nanoTime() - start) / 1e9, audit);
    return whole && count.adds() && audit.intact() && audit.records() >= count.records.get();
  }

  private CountingAudit audit() {
    return new CountingAudit(
        new FileAuditSink(
            folder.audit(), folder.keys(), Durability.PROCESS, new FileAnchor(folder.anchors())),
        count);
  }

  private ToolGate gate(CountingAudit audit) {
    return ToolGate.builder()
        .keys(folder.keys())
        .manifest(manifest)
        .policy(Policies.named(policies, manifest))
        .audit(audit)
        .agent(new AgentIdentity("replayed-agent", Set.of("office")))
        .environment("replay")
        .build();
  }

  private void play(String framework, ToolGate gate, CountingAudit audit, Path file)
      throws IOException, TraceException {
    try (TraceFile traces = new TraceFile(file)) {
      AgentLoop agent = null;
      Set<String> offered = Set.of();
      try {
        for (RecordedTrace trace = traces.next(); trace != null; trace = traces.next()) {
          Set<String> tools = tools(trace).keySet();
          if (agent == null || !offered.containsAll(tools)) {
            if (agent != null) {
              agent.close();
            }
            Map<String, RecordedTool> more = tools(trace);
            offered.forEach(name -> more.put(name, tool(name)));
            offered = Set.copyOf(more.keySet());
            audit.counting(false);
            agent =
                AgentLoops.with(framework, gate, List.copyOf(more.values()), OpenTelemetry.noop());
          }
          audit.counting(true);
          play(agent, trace);
          progress(file);
        }
      } finally {
        if (agent != null) {
          agent.close();
        }
      }
    }
  }

  private void play(AgentLoop agent, RecordedTrace trace) {
    results = new RecordedResults(trace);
    List<List<PlannedCall>> turns = new ArrayList<>();
    int id = 0;
    for (List<RecordedStep> turn : trace.turns()) {
      List<PlannedCall> calls = new ArrayList<>();
      for (RecordedStep step : turn) {
        calls.add(new PlannedCall("call_" + id++, step.tool(), step.arguments()));
      }
      turns.add(calls);
    }
    // Frameworks refuse an empty message; a few traces recorded none.
    String words = trace.prompt().isBlank() ? "(no words recorded)" : trace.prompt();
    agent.ask(Caller.of("replay", "recorded-user"), words, new Script(turns), false);
    count.calls.addAndGet(id);
    count.traces.incrementAndGet();
  }

  private Map<String, RecordedTool> tools(RecordedTrace trace) {
    Map<String, RecordedTool> tools = new TreeMap<>();
    trace.steps().forEach(step -> tools.computeIfAbsent(step.tool(), this::tool));
    return tools;
  }

  private RecordedTool tool(String name) {
    return new RecordedTool(
        name,
        "Recorded",
        "{\"type\":\"object\"}",
        arguments -> {
          count.bodies.incrementAndGet();
          return results.take(name, arguments);
        });
  }

  private void progress(Path file) {
    long done = count.traces.get();
    if (done % 100 == 0) {
      out.print("\r  " + done + " traces, " + count.calls.get() + " calls  " + file.getFileName());
      out.flush();
    }
  }

  private void print(String framework, double seconds, AuditCheck audit) {
    out.println("\r" + " ".repeat(70));
    out.println("━━ " + framework + ", policies " + policies);
    Table table = new Table().line("tool", "decision", "calls");
    count
        .perTool()
        .forEach(
            (tool, columns) ->
                columns.forEach((decision, calls) -> table.line(tool, decision, calls)));
    out.print(table.render("  "));
    out.printf(
        "  traces %d  calls %d  decided %d  permits %d  denials %d  bodies run %d  records %d"
            + "  (%.0f calls/s)%n",
        count.traces.get(),
        count.calls.get(),
        count.proposed.get(),
        count.permits.get(),
        count.denials.get(),
        count.bodies.get(),
        count.records.get(),
        count.calls.get() / seconds);
    out.println(
        count.adds()
            ? "  ✔ every call decided and recorded; bodies run = permits"
            : "  ✘ the figures do not add up");
    out.print(audit.render());
  }

  /** For tests: calls played, permits, bodies run. */
  public List<Long> figures() {
    return List.of(count.calls.get(), count.permits.get(), count.bodies.get());
  }
}
