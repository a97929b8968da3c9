package dev.tollgate.demo.scenario;

import dev.tollgate.GateClock;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.demo.agent.ModelEndpoint;
import dev.tollgate.demo.console.CallRow;
import dev.tollgate.demo.console.SpanTree;
import dev.tollgate.demo.console.Table;
import dev.tollgate.demo.idp.IdpFaults;
import dev.tollgate.demo.office.OfficeAccessLog;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays every scenario through each framework, prints what happened and says whether it should
 * have.
 */
public final class ScenarioPlayer {
  /** Where approvals are kept, in the folder of a run. */
  public static final String STATE = "state.log";

  private final PrintStream out;
  private final DemoFolder folder;
  private final List<String> frameworks;
  private final SpanTree spans = new SpanTree();
  private final Witness witness;
  private final @Nullable ModelEndpoint real;
  private final List<String> wrong = new ArrayList<>();

  /** Somebody who sees everything: for tests that look for secrets. */
  public interface Witness {
    /** An issuer to use in place of the real one. */
    default CredentialIssuer watch(CredentialIssuer issuer) {
      return issuer;
    }

    /** A scenario has ended. */
    default void ended(String subjectToken, List<String> heardByModel, List<SpanData> spans) {}
  }

  public ScenarioPlayer(PrintStream out, DemoFolder folder, List<String> frameworks) {
    this(out, folder, frameworks, new Witness() {}, null);
  }

  /**
   * A player with a witness, or with a real model.
   *
   * @param real a real model does as it likes: only what must hold whatever it does is checked then
   */
  public ScenarioPlayer(
      PrintStream out,
      DemoFolder folder,
      List<String> frameworks,
      Witness witness,
      @Nullable ModelEndpoint real) {
    this.witness = witness;
    this.real = real;
    this.out = out;
    this.folder = folder;
    this.frameworks = frameworks;
  }

  /** Plays all; true if everything ended as it should. */
  public boolean play() throws IOException {
    Path stateFile = folder.resolve(STATE);
    try (RunningOffice office = RunningOffice.start();
        StateStore state = FileStateStore.open(stateFile, GateClock.system());
        OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
      CredentialIssuer issuer = witness.watch(TokenServer.issuer(office, folder));
      int payments = 0;
      for (Scenario scenario : Scenarios.all()) {
        if (real != null && !scenario.suitsRealModel()) {
          continue;
        }
        out.println("\n━━ " + scenario.title() + "  “" + scenario.message() + "”");
        for (String framework : frameworks) {
          try (ScenarioGate world =
              ScenarioGate.open(scenario.world(), office, folder, state, issuer, telemetry)) {
            play(scenario, framework, world, office, telemetry);
          }
          payments += scenario.payments();
        }
      }
      if (office.account().payments().size() != payments) {
        wrong.add("the bank was paid, which no policy permits and no person approved");
      }
    }
    if (real == null) {
      out.println("\n  What waits for you: ./demo approvals list, then approve ID and resume ID");
    }
    AuditCheck audit = AuditCheck.of(folder);
    out.println("\n━━ audit verify");
    out.print(audit.render());
    if (!audit.intact()) {
      wrong.add("the audit does not verify");
    }
    wrong.forEach(problem -> out.println("✘ " + problem));
    out.println(
        wrong.isEmpty()
            ? "\n✔ every scenario ended as it should"
            : "\n✘ " + wrong.size() + " scenario(s) did not end as they should");
    return wrong.isEmpty();
  }

  private void play(
      Scenario scenario,
      String framework,
      ScenarioGate world,
      RunningOffice office,
      OpenTelemetrySdk telemetry)
      throws IOException {
    int requestsBefore = office.accessLog().entries().size();
    List<CallRow> rows;
    List<String> shown;
    try (Stage stage = new Stage(scenario, framework, world, office, telemetry, real)) {
      spans.clear();
      office.faults().set(scenario.fault());
      scenario.play().on(stage);
      witness.ended(stage.subjectToken(), stage.heard(), spans.spans());
      rows = world.audit().rows();
      shown = stage.shown();
      stage.wrong().forEach(what -> wrong.add(framework + ", " + scenario.title() + ": " + what));
    } finally {
      office.faults().set(IdpFaults.Mode.NONE);
    }
    print(framework, rows);
    shown.forEach(what -> out.println("      " + what));
    check(framework, scenario, rows, answered(office, requestsBefore));
  }

  /** What the office answered since; one that it still works on is waited for. */
  private static List<OfficeAccessLog.Entry> answered(RunningOffice office, int before) {
    List<OfficeAccessLog.Entry> entries = office.accessLog().entriesWhenDone();
    return entries.subList(before, entries.size());
  }

  private void print(String framework, List<CallRow> rows) {
    Table table = new Table();
    for (CallRow row : rows) {
      table.line(
          row.reason().isEmpty() ? "✔" : "✋",
          row.source(),
          row.agent(),
          row.tool(),
          row.reason().isEmpty() ? row.outcome() : row.outcome() + " " + row.reason(),
          row.policies(),
          row.credential(),
          row.end(),
          row.trace());
    }
    if (rows.isEmpty()) { // only where nothing could be recorded
      table.line("✋", framework, "no record could be written: denied");
    }
    out.print(table.render("  "));
    out.print(spans.render("      "));
  }

  /** The audit is what was claimed; the office's own log says whether a body really ran. */
  private void check(
      String framework,
      Scenario scenario,
      List<CallRow> rows,
      List<OfficeAccessLog.Entry> requests) {
    String where = framework + ", " + scenario.title() + ": ";
    boolean recorded = scenario.world() != Scenario.World.NO_AUDIT;
    List<String> seen = rows.stream().map(ScenarioPlayer::story).toList();
    List<String> story = scenario.expected().stream().map(Expected::story).toList();
    if (real == null && recorded && !seen.equals(story)) {
      wrong.add(where + "expected " + story + " but saw " + seen);
    }
    if (!recorded && !rows.isEmpty()) {
      wrong.add(where + "records were written where none could be");
    }
    int due = scenario.expected().stream().mapToInt(Expected::requests).sum();
    boolean good = requests.stream().allMatch(request -> request.status() < 300);
    if (real == null && (requests.size() != due || !good)) {
      wrong.add(where + "the office answered " + requests + ", not " + due + " good requests");
    }
    // The user is the subject of every credential; who acts must be the agent that called.
    List<String> actors = requests.stream().map(request -> "" + request.actor()).toList();
    List<String> agents =
        rows.stream().filter(ScenarioPlayer::reached).map(CallRow::agent).toList();
    if (!actors.equals(agents)) {
      wrong.add(where + "the office saw " + actors + " act, not " + agents);
    }
    boolean alive =
        rows.stream()
            .anyMatch(row -> !row.credential().equals("-") && !row.end().endsWith(", revoked"));
    if (alive) {
      wrong.add(where + "a credential outlived its call");
    }
  }

  private static boolean reached(CallRow row) {
    return !row.credential().equals("-") && !row.end().startsWith("not run");
  }

  private static String story(CallRow row) {
    return row.tool() + (row.reason().isEmpty() ? " runs" : " " + row.reason());
  }
}
