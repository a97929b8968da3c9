package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.author.AuditedCall;
import dev.tollgate.cedar.author.Replay;
import dev.tollgate.cedar.author.ReplayedCall;
import dev.tollgate.cedar.author.ReplayedCall.Finding;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policy diff}: asks two sets again what was asked once. */
@Command(
    name = "diff",
    description =
        "Asks an old and a new set again what is on record: ends with 0 if every answer is"
            + " certainly the same, with 1 if one is not.",
    mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Callable<Integer> {
  @ParentCommand PolicyCommand policy = new PolicyCommand();

  @Parameters(index = "0", paramLabel = "OLD", description = "a shipped set, or a folder")
  String before = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "a shipped set, or a folder")
  String after = "";

  @Mixin AuditOptions audit = new AuditOptions();

  @Mixin ToolOptions options = new ToolOptions();

  @Option(names = "--json", description = "a line of JSON for each call, for machines")
  boolean json;

  @Option(names = "--all", description = "also tell of calls that are decided the same")
  boolean all;

  private final Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
  private int unasked;

  @Override
  public Integer call() throws IOException {
    CedarPolicySet now = policy.shelf().set(after);
    ToolManifest tools = options.recorded(policy.shelf(), now);
    Replay replay =
        new Replay(
            LoadedPolicies.load(policy.shelf().set(before), tools),
            LoadedPolicies.load(now, tools),
            tools);
    for (AuditedCall call : audit.read(policy.err()).calls()) {
      Optional<ReplayedCall> replayed = replay.replay(call);
      replayed.ifPresentOrElse(this::tell, () -> unasked++);
    }
    summary();
    return counts.keySet().stream().allMatch(finding -> finding == Finding.SAME) ? 0 : 1;
  }

  private void tell(ReplayedCall one) {
    counts.merge(one.finding(), 1, Integer::sum);
    if (json) {
      policy.out().println(line(one));
    } else if (all || one.finding() != Finding.SAME) {
      policy
          .out()
          .println(
              Shown.text(
                  word(one.finding())
                      + "  "
                      + one.call().id()
                      + "  "
                      + one.call().tool()
                      + "  "
                      + one.before()
                      + " -> "
                      + one.after()
                      + (one.why().isEmpty() ? "" : " (" + one.why() + ")")));
    }
  }

  private static String line(ReplayedCall one) {
    return CanonicalJson.text(
        JsonValue.object(
            Map.of(
                "call", new JsonValue.Text(Shown.text(one.call().id())),
                "tool", new JsonValue.Text(Shown.text(one.call().tool())),
                "finding", new JsonValue.Text(word(one.finding())),
                "before", new JsonValue.Text(Shown.text(one.before())),
                "after", new JsonValue.Text(Shown.text(one.after())),
                "why", new JsonValue.Text(Shown.text(one.why())))));
  }

  private void summary() {
    // On the other stream where machines read the lines.
    (json ? policy.err() : policy.out())
        .printf(
            "%d same, %d changed, %d indeterminate; of %d calls the policy was not asked, or that"
                + " is not on record%n",
            counts.getOrDefault(Finding.SAME, 0),
            counts.getOrDefault(Finding.CHANGED, 0),
            counts.getOrDefault(Finding.INDETERMINATE, 0),
            unasked);
  }

  private static String word(Finding finding) {
    return finding.name().toLowerCase(Locale.ROOT);
  }
}
