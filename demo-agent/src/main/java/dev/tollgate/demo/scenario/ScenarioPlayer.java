package dev.tollgate.demo.scenario;

import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.demo.agent.AgentLoop;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.ModelEndpoint;
import dev.tollgate.demo.agent.Script;
import dev.tollgate.demo.console.CallRow;
import dev.tollgate.demo.console.SpanTree;
import dev.tollgate.demo.console.Table;
import dev.tollgate.demo.idp.IdpFaults;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays every scenario through each framework, prints what happened and says whether it should
 * have.
 */
public final class ScenarioPlayer {
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
    try (RunningOffice office = RunningOffice.start();
        OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
      CredentialIssuer issuer = witness.watch(TokenServer.issuer(office, folder));
      for (Scenario scenario : Scenarios.all()) {
        out.println("\n━━ " + scenario.title() + "  “" + scenario.message() + "”");
        for (String framework : frameworks) {
          play(scenario, framework, office, issuer, telemetry);
        }
      }
      if (!office.account().payments().isEmpty()) {
        wrong.add("the bank was paid, which no policy permits");
      }
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
      RunningOffice office,
      CredentialIssuer issuer,
      OpenTelemetrySdk telemetry)
      throws IOException {
    int requestsBefore = office.accessLog().entries().size();
    List<CallRow> rows;
    try (ScenarioGate world = ScenarioGate.open(scenario, office, folder, issuer, telemetry);
        AgentLoop agent =
            AgentLoops.inOffice(framework, world.gate(), office.uri("/"), telemetry, real)) {
      world.audit().forget(); // the probe call, by which the adapter checked itself
      spans.clear();
      office.faults().set(scenario.fault());
      String subjectToken = office.subjectTokens().issue("alice");
      Script script = scenario.script();
      Caller caller = new Caller("acme", "alice", Secret.of(subjectToken));
      agent.ask(caller, scenario.message(), script, scenario.streaming());
      witness.ended(subjectToken, script.heard(), spans.spans());
      rows = world.audit().rows();
    } finally {
      office.faults().set(IdpFaults.Mode.NONE);
    }
    int requests = office.accessLog().entries().size() - requestsBefore;
    print(framework, rows);
    check(framework, scenario, rows, requests);
  }

  private void print(String framework, List<CallRow> rows) {
    Table table = new Table();
    for (CallRow row : rows) {
      table.line(
          row.reason().isEmpty() ? "✔" : "✋",
          framework,
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
  private void check(String framework, Scenario scenario, List<CallRow> rows, int requests) {
    String where = framework + ", " + scenario.title() + ": ";
    boolean recorded = scenario.world() != Scenario.World.NO_AUDIT;
    List<Expected> seen = rows.stream().map(row -> new Expected(row.tool(), row.reason())).toList();
    if (real == null && recorded && !seen.equals(scenario.expected())) {
      wrong.add(where + "expected " + scenario.expected() + " but saw " + seen);
    }
    if (!recorded && !rows.isEmpty()) {
      wrong.add(where + "records were written where none could be");
    }
    long runs = scenario.expected().stream().filter(one -> one.reason().isEmpty()).count();
    if (real == null && requests != runs) {
      wrong.add(where + "the office saw " + requests + " requests, not " + runs);
    }
    boolean alive =
        rows.stream()
            .anyMatch(row -> row.end().startsWith("returned") && !row.end().endsWith("revoked"));
    if (alive) {
      wrong.add(where + "a credential outlived its call");
    }
  }
}
