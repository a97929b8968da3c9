package dev.tollgate.demo;

import dev.tollgate.cli.Tollgate;
import dev.tollgate.cli.manifest.ManifestCommand;
import dev.tollgate.cli.policy.PolicyCommand;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.ModelEndpoint;
import dev.tollgate.demo.control.ApprovalsCommand;
import dev.tollgate.demo.evaluate.EvaluateCommand;
import dev.tollgate.demo.replay.Replay;
import dev.tollgate.demo.replay.TraceFiles;
import dev.tollgate.demo.scenario.OfficeResumer;
import dev.tollgate.demo.scenario.ScenarioPlayer;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.DemoShelf;
import dev.tollgate.demo.world.Manifests;
import dev.tollgate.demo.world.Policies;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's command line. Without a subcommand it plays the scenarios. */
@Command(
    name = "demo",
    description = "Agents of two frameworks call tools through one gate.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoApplication.ReplayCommand.class,
      DemoApplication.AuditCommand.class,
      EvaluateCommand.class
    })
public final class DemoApplication implements Callable<Integer> {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Option(
      names = "--framework",
      defaultValue = "both",
      description = "langchain4j, spring-ai or both (default)")
  String framework = "both";

  @Option(names = "--folder", defaultValue = ".demo", description = "where keys and audit go")
  Path folder = Path.of(".demo");

  @Option(
      names = "--model-url",
      description = "a real model: the base URL, such as http://127.0.0.1:8000/v1")
  @Nullable URI modelUrl;

  @Option(names = "--model", defaultValue = "default", description = "the real model's name")
  String model = "default";

  public static void main(String[] args) {
    // The screen is for the demo; what the parts log goes to a file.
    System.setProperty(
        "tollgate.demo.log", System.getProperty("java.io.tmpdir") + "/tollgate-demo.log");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return Tollgate.careful(
        new CommandLine(new DemoApplication())
            .addSubcommand(new ApprovalsCommand(OUT, new OfficeResumer()))
            .addSubcommand(new PolicyCommand(new DemoShelf()))
            .addSubcommand(new ManifestCommand(new DemoShelf()))
            .setOut(new PrintWriter(OUT, true, StandardCharsets.UTF_8)));
  }

  @Override
  public Integer call() throws IOException {
    ModelEndpoint real = modelUrl == null ? null : ModelEndpoint.of(modelUrl, model);
    ScenarioPlayer player =
        new ScenarioPlayer(
            OUT,
            DemoFolder.fresh(folder),
            AgentLoops.named(framework),
            new ScenarioPlayer.Witness() {},
            real);
    return player.play() ? 0 : 1;
  }

  /** Plays recorded tool calls. */
  @Command(
      name = "replay",
      description = "Plays tool calls that real models made through the real adapters.",
      mixinStandardHelpOptions = true)
  static final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--traces", required = true, arity = "1..*", description = "files or folders")
    List<Path> traces = new ArrayList<>();

    @Option(names = "--framework", defaultValue = "both")
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

    @Option(names = "--folder", defaultValue = ".demo/replay")
    Path folder = Path.of(".demo/replay");

    @Override
    public Integer call() throws IOException {
      List<Path> files = TraceFiles.named(traces);
      boolean good = true;
      for (String one : AgentLoops.named(framework)) {
        DemoFolder place = DemoFolder.fresh(folder.resolve(one));
        good &= new Replay(OUT, place, policies, Manifests.named(manifest)).play(one, files);
      }
      return good ? 0 : 1;
    }
  }

  /** What there is to do with the audit. */
  @Command(name = "audit", description = "Looks at the audit of a run.")
  static final class AuditCommand implements Callable<Integer> {
    @Option(names = "--folder", defaultValue = ".demo")
    Path folder = Path.of(".demo");

    @CommandLine.Parameters(description = "verify", defaultValue = "verify")
    String what = "verify";

    @Override
    public Integer call() throws IOException {
      if (!what.equals("verify")) {
        throw new IllegalArgumentException("audit knows one word: verify");
      }
      AuditCheck check = AuditCheck.of(DemoFolder.existing(folder));
      OUT.print(check.render());
      return check.intact() ? 0 : 1;
    }
  }
}
