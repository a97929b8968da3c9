package dev.tollgate.demo.evaluate;

import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.replay.TraceException;
import dev.tollgate.demo.replay.TraceFiles;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Manifests;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a policy set on recorded traces. */
@Command(
    name = "evaluate",
    description = "Scores a policy set on recorded tool calls, benign and under attack.",
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(names = "--traces", required = true, arity = "1..*", description = "files or folders")
  List<Path> traces = new ArrayList<>();

  @Option(
      names = "--framework",
      defaultValue = "both",
      description = "langchain4j, spring-ai or both (default)")
  String framework = "both";

  @Option(
      names = "--policies",
      defaultValue = "effects",
      completionCandidates = Policies.Names.class,
      description = "shipped sets (${COMPLETION-CANDIDATES}) with commas, or a folder")
  String policies = "effects";

  @Option(
      names = "--manifest",
      defaultValue = "traces",
      completionCandidates = Manifests.Names.class,
      description = "a shipped manifest (${COMPLETION-CANDIDATES}) or a file")
  String manifest = "traces";

  @Option(
      names = "--approver",
      split = ",",
      defaultValue = "never",
      description = "never (default) or always; several make a run each")
  List<String> approvers = new ArrayList<>();

  @Option(names = "--guard", defaultValue = "on", description = "on (default) or off")
  String guard = "on";

  @Option(
      names = "--groups",
      split = ",",
      defaultValue = "office",
      description = "the agent's groups; office by default")
  List<String> groups = new ArrayList<>();

  @Option(
      names = "--asks",
      split = ",",
      description = "effects that every task is started for; by default nobody says")
  @Nullable List<String> asks;

  @Option(names = "--report", required = true, description = "where the report goes, as JSON")
  Path report = Path.of("evaluation.json");

  @Option(names = "--html", description = "where the page goes; else beside the report")
  @Nullable Path html;

  @Option(names = "--folder", defaultValue = ".demo/evaluate")
  Path folder = Path.of(".demo/evaluate");

  /** Prints to the terminal. */
  public EvaluateCommand() {
    this(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  EvaluateCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, TraceException {
    List<String> frameworks = AgentLoops.named(framework);
    List<StandIn> asked = new LinkedHashSet<>(approvers).stream().map(StandIn::named).toList();
    boolean guarded = guarded();
    ReplayedAgent agent = ReplayedAgent.of(groups, asks);
    ToolManifest tools = Manifests.named(manifest);
    Corpus corpus = Corpus.read(TraceFiles.named(traces));
    List<RunScore> runs = new ArrayList<>();
    for (String one : frameworks) {
      for (StandIn approver : asked) {
        EvaluatedGate gate = new EvaluatedGate(policies, tools, approver, guarded, agent);
        DemoFolder place = DemoFolder.fresh(folder.resolve(one + "-" + approver.text()));
        Played played = Played.through(one, gate, place, corpus.traces());
        RunScore run = RunScore.of(one, approver, played, corpus, tools);
        out.print(ScoreTable.of(run));
        runs.add(run);
      }
    }
    Evaluation evaluation =
        new Evaluation(name(policies), name(manifest), guarded, agent, corpus, runs);
    out.println("  " + Evaluation.LIMITS);
    write(report, ReportJson.of(evaluation));
    write(page(), ReportPage.of(evaluation));
    return evaluation.sound() ? 0 : 1;
  }

  private boolean guarded() {
    return switch (guard) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("--guard is on or off, not '" + guard + "'");
    };
  }

  /** A name for the report: not where it lies on this machine. */
  private static String name(String nameOrPath) {
    return String.valueOf(Path.of(nameOrPath).getFileName());
  }

  private Path page() {
    Path named = html;
    if (named != null) {
      return named;
    }
    String name = String.valueOf(report.getFileName());
    return report.resolveSibling(name.replaceFirst("\\.json$", "") + ".html");
  }

  private void write(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
    out.println("  " + file);
  }
}
