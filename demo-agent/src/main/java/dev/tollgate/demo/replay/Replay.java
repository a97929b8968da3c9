package dev.tollgate.demo.replay;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.demo.console.Table;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Plays tool calls that real models made through a real adapter, with the gate in between. */
public final class Replay {
  private final PrintStream out;
  private final DemoFolder folder;
  private final String policies;
  private final ToolManifest manifest;
  private final ReplayCount count = new ReplayCount();

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
        ToolGate gate = gate(audit);
        TracePlayer player = new TracePlayer(framework, gate, audit, null)) {
      for (Path file : files) {
        try {
          play(player, file);
        } catch (TraceException e) {
          out.println(
              "✘ "
                  + e.getMessage()
                  + " (the "
                  + e.tracesBefore()
                  + " traces before it were played)");
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

  private void play(TracePlayer player, Path file) throws IOException, TraceException {
    try (TraceFile traces = new TraceFile(file)) {
      for (RecordedTrace trace = traces.next(); trace != null; trace = traces.next()) {
        player.play(trace);
        count.calls.addAndGet(trace.steps().size());
        count.traces.incrementAndGet();
        progress(file);
      }
    }
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
