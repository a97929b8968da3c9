package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.MaskedAnswer;
import dev.tollgate.cedar.PolicySummary;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells people about one recorded call. Texts may be foreign: they are not escaped. */
public final class Explanation {
  private final AuditedCall call;
  private final LoadedPolicies policies;
  private final ToolManifest manifest;
  private final List<String> lines = new ArrayList<>();

  private Explanation(AuditedCall call, LoadedPolicies policies, ToolManifest manifest) {
    this.call = call;
    this.policies = policies;
    this.manifest = manifest;
  }

  /**
   * Who asked for what, what was decided, by which policies, and what each of them read.
   *
   * @param policies the set to look policies up in
   * @param manifest the one it was loaded with
   * @return lines; a line of a policy's text each
   */
  public static List<String> of(AuditedCall call, LoadedPolicies policies, ToolManifest manifest) {
    Explanation explanation = new Explanation(call, policies, manifest);
    explanation.call();
    explanation.decision();
    explanation.policies();
    explanation.again();
    return explanation.lines;
  }

  private void call() {
    JsonValue.Members proposed = call.proposed();
    lines.add("call      " + call.id());
    lines.add("at        " + AuditedCall.text(proposed, "at"));
    lines.add(
        "who       agent "
            + AuditedCall.text(proposed, "agent")
            + " for "
            + AuditedCall.text(proposed, "subject")
            + ", asked by "
            + AuditedCall.text(proposed, "intentSource"));
    lines.add("tool      " + call.tool() + " of " + AuditedCall.text(proposed, "source"));
  }

  private void decision() {
    JsonValue.Members decided = call.decided();
    if (decided == null) {
      lines.add("decided   is not on record");
      return;
    }
    String reason = AuditedCall.text(decided, "reason");
    String recorded = AuditedCall.text(decided, "revision");
    lines.add(
        "decided   "
            + AuditedCall.text(decided, "outcome")
            + (reason.isEmpty() ? "" : " " + reason)
            + " by "
            + AuditedCall.text(decided, "decider"));
    lines.add(
        "revision  "
            + (recorded.equals(policies.revision())
                ? "the same as " + policies.name()
                : "not that of "
                    + policies.name()
                    + ": what follows are its policies as they are now"));
  }

  private void policies() {
    Map<String, PolicySummary> known = new TreeMap<>();
    policies.policies().forEach(policy -> known.put(policy.id(), policy));
    for (String id : AuditedCall.texts(call.decided(), "policies")) {
      PolicySummary policy = known.get(id);
      if (policy == null) {
        lines.add("policy    \"" + id + "\" is not in " + policies.name());
        continue;
      }
      lines.add("policy    \"" + id + "\" at " + policy.place());
      policy.text().lines().forEach(line -> lines.add("    " + line));
      new TreeMap<String, String>(reads(policy))
          .forEach((path, value) -> lines.add("  read    " + path + " = " + value));
    }
  }

  private Map<String, String> reads(PolicySummary policy) {
    Map<String, String> values = new TreeMap<>();
    JsonValue.Members asked = call.asked();
    if (asked == null) {
      return values;
    }
    RecordedQuestion question =
        new RecordedQuestion(asked, RecordedTool.of(manifest, asked).tool());
    for (String path : policy.reads()) {
      String[] names = path.split("\\.", 3);
      boolean hidden = question.hides(names[0], names.length > 1 ? names[1] : null);
      values.put(path, hidden ? hidden(asked, names) : told(asked, path));
    }
    return values;
  }

  private static String hidden(JsonValue.Members asked, String[] names) {
    if (names[0].equals(AttributeCatalogue.ARGUMENTS)
        && names.length > 1
        && asked.get("arguments") instanceof JsonValue.Members arguments
        && arguments.get(names[1]) instanceof JsonValue.Members told) {
      return "masked ("
          + AuditedCall.text(told, "json")
          + ", "
          + AuditedCall.text(told, "digest")
          + ")";
    }
    return "masked";
  }

  private static String told(JsonValue.Members asked, String path) {
    if (!(asked.get("attributes") instanceof JsonValue.Members attributes)) {
      return "absent";
    }
    JsonValue value = attributes.get(path);
    if (value != null) {
      return CanonicalJson.text(value);
    }
    Map<String, JsonValue> below = new TreeMap<>();
    attributes.forEach(
        (name, one) -> {
          if (name.startsWith(path + ".")) {
            below.put(name.substring(path.length() + 1), one);
          }
        });
    return below.isEmpty() ? "absent" : CanonicalJson.text(JsonValue.object(below));
  }

  /** What the set says of it today, as far as the record tells. */
  private void again() {
    JsonValue.Members asked = call.asked();
    if (asked == null) {
      lines.add("asked     the policy was not asked, or its question is not on record");
      return;
    }
    RecordedTool tool = RecordedTool.of(manifest, asked);
    RecordedQuestion question = new RecordedQuestion(asked, tool.tool());
    if (!tool.otherwise().isEmpty() || !question.untold().isEmpty()) {
      lines.add("again     cannot be asked: " + tool.otherwise() + question.untold());
      return;
    }
    try {
      MaskedAnswer answer = policies.decide(tool.tool(), question, question);
      lines.add(
          "again     "
              + (answer instanceof MaskedAnswer.Open open
                  ? "depends on " + new TreeSet<>(open.attributes()) + ", whose values are masked"
                  : Replay.told(answer)));
    } catch (CedarPolicyException e) {
      lines.add("again     cannot be asked: " + e.getMessage());
    }
  }
}
