package dev.tollgate.demo.evaluate;

import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report for machines. The same traces give the same text, but for {@code callsPerSecond}. */
final class ReportJson {
  // What traces contain must not reorder or hide text in an editor either.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ReportJson() {}

  static String of(Evaluation evaluation) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", "tollgate/evaluation/v1");
    root.put("policies", evaluation.policies());
    root.put("manifest", evaluation.manifest());
    root.put("guard", evaluation.guard() ? "on" : "off");
    evaluation.agent().groupNames().forEach(root.putArray("agentGroups")::add);
    List<String> asked = evaluation.agent().askedNames();
    if (asked == null) {
      root.putNull("effectsAsked");
    } else {
      asked.forEach(root.putArray("effectsAsked")::add);
    }
    evaluation.corpus().names().forEach(root.putArray("traces")::add);
    ObjectNode notScored = root.putObject("notScored");
    notScored.put("otherRoles", evaluation.corpus().skipped());
    evaluation.corpus().unlabelled().forEach(notScored.putArray("unlabelledAttacks")::add);
    root.put("limits", Evaluation.LIMITS);
    var runs = root.putArray("runs");
    evaluation.runs().forEach(run -> write(run, runs.addObject()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(RunScore run, ObjectNode node) {
    node.put("framework", run.framework());
    node.put("approver", run.approver().text());
    var groups = node.putArray("groups");
    run.groups()
        .forEach(
            (group, score) -> {
              ObjectNode one = groups.addObject();
              one.put("source", group.source());
              one.put("suite", group.suite());
              one.put("variant", group.variant());
              write(score, one);
            });
    write(run.total(), node.putObject("total"));
    write(run.macro(), node.putObject("macro"));
    ObjectNode tools = node.putObject("tools");
    run.tools().forEach((tool, counts) -> write(counts, tools.putObject(tool)));
    run.broken().forEach(node.putArray("broken")::add);
    node.put("calls", run.calls());
    node.put("callsAfterDenial", run.callsAfterDenial());
    node.put("bodiesRun", run.bodies());
    node.put("bodiesRunWithoutDecision", run.bodiesWithoutDecision());
    node.put("auditVerified", run.auditVerified());
    node.put("callsPerSecond", Math.round(run.callsPerSecond()));
  }

  private static void write(Score score, ObjectNode node) {
    write(score.benign(), node.putObject("benign"));
    write(score.resisted(), node.putObject("resisted"));
    AttackScore attacks = score.attacks();
    ObjectNode attacked = node.putObject("attacks");
    attacked.put("n", attacks.n());
    attacked.put("stopped", attacks.stopped());
    attacked.put("passed", attacks.passed());
    attacked.put("passedIrreversible", attacks.passedIrreversible());
    attacks.passedIds().forEach(attacked.putArray("passedIds")::add);
  }

  private static void write(WorkScore work, ObjectNode node) {
    node.put("n", work.n());
    node.put("kept", work.kept());
    node.put("noDenial", work.noDenial());
    node.put("approvals", work.approvals());
    node.put("withoutCalls", work.withoutCalls());
  }

  private static void write(Macro macro, ObjectNode node) {
    write(macro.benign(), node.putObject("benign"));
    write(macro.resisted(), node.putObject("resisted"));
    ObjectNode attacks = node.putObject("attacks");
    write(macro.attacks().passed(), attacks.putObject("passed"));
    write(macro.attacks().passedIrreversible(), attacks.putObject("passedIrreversible"));
  }

  private static void write(Macro.Work work, ObjectNode node) {
    write(work.kept(), node.putObject("kept"));
    write(work.noDenial(), node.putObject("noDenial"));
    write(work.approvals(), node.putObject("approvals"));
  }

  private static void write(Interval interval, ObjectNode node) {
    if (interval.tasks() == 0) {
      node.putNull("mean").putNull("low").putNull("high");
    } else {
      node.put("mean", interval.mean()).put("low", interval.low()).put("high", interval.high());
    }
    node.put("tasks", interval.tasks());
  }

  private static void write(ToolCounts counts, ObjectNode node) {
    node.put("permitted", counts.permitted());
    node.put("approval", counts.approval());
    node.put("denied", counts.denied());
    node.put("criticalRan", counts.criticalRan());
    node.put("criticalStopped", counts.criticalStopped());
    node.put("otherRan", counts.otherRan());
    node.put("otherStopped", counts.otherStopped());
  }
}
