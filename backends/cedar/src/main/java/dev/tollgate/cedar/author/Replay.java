package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.MaskedAnswer;
import dev.tollgate.cedar.author.ReplayedCall.Finding;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Decision;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks two policy sets again what was asked once. Thread-safe. */
public final class Replay {
  private static final String UNKNOWN = "?";
  private final LoadedPolicies before;
  private final LoadedPolicies after;
  private final ToolManifest manifest;

  /**
   * @param manifest the one that both were loaded with
   */
  public Replay(LoadedPolicies before, LoadedPolicies after, ToolManifest manifest) {
    this.before = before;
    this.after = after;
    this.manifest = manifest;
  }

  /** Compares; nothing if the policy was not asked about the call, or that is not on record. */
  public Optional<ReplayedCall> replay(AuditedCall call) {
    JsonValue.Members asked = call.asked();
    if (asked == null) {
      return Optional.empty();
    }
    RecordedTool tool = RecordedTool.of(manifest, asked);
    if (!tool.otherwise().isEmpty()) {
      return Optional.of(open(call, "the manifest says otherwise of " + tool.otherwise()));
    }
    if (tool.tool().listedEffect() != null) { // asked about as both, and on record as one
      return Optional.of(raised(call, tool.tool()));
    }
    try {
      return Optional.of(compare(call, tool.tool(), new RecordedQuestion(asked, tool.tool())));
    } catch (CedarPolicyException e) {
      return Optional.of(open(call, String.valueOf(e.getMessage())));
    }
  }

  private ReplayedCall raised(AuditedCall call, Tool tool) {
    return untouched(tool) && untouched(tool.asListed())
        ? new ReplayedCall(call, Finding.SAME, UNKNOWN, UNKNOWN, "no policy for it changed")
        : open(call, "annotations raised its effect: it was decided on as both");
  }

  private boolean untouched(Tool tool) {
    return before.policiesFor(tool).equals(after.policiesFor(tool));
  }

  private ReplayedCall compare(AuditedCall call, Tool tool, RecordedQuestion question) {
    boolean untouched = untouched(tool);
    if (!question.untold().isEmpty()) {
      return untouched
          ? new ReplayedCall(call, Finding.SAME, UNKNOWN, UNKNOWN, "no policy for it changed")
          : open(call, "depends on " + question.untold());
    }
    MaskedAnswer old = before.decide(tool, question, question);
    MaskedAnswer now = after.decide(tool, question, question);
    String oldTold = told(old);
    String nowTold = told(now);
    if (untouched) {
      return new ReplayedCall(call, Finding.SAME, oldTold, nowTold, "no policy for it changed");
    }
    if (old instanceof MaskedAnswer.Known was && now instanceof MaskedAnswer.Known is) {
      boolean same = same(was.decision(), is.decision());
      String why = same && !oldTold.equals(nowTold) ? "for another reason" : "";
      return new ReplayedCall(call, same ? Finding.SAME : Finding.CHANGED, oldTold, nowTold, why);
    }
    Set<String> attributes = new TreeSet<>();
    for (MaskedAnswer answer : new MaskedAnswer[] {old, now}) {
      if (answer instanceof MaskedAnswer.Open open) {
        attributes.addAll(open.attributes());
      }
    }
    return new ReplayedCall(
        call, Finding.INDETERMINATE, oldTold, nowTold, "depends on " + attributes);
  }

  private static boolean same(Decision was, Decision is) {
    return was.outcome().equals(is.outcome())
        && new HashSet<>(Decision.obligations(was)).equals(new HashSet<>(Decision.obligations(is)));
  }

  private static ReplayedCall open(AuditedCall call, String why) {
    return new ReplayedCall(call, Finding.INDETERMINATE, UNKNOWN, UNKNOWN, why);
  }

  /** Outcome, reason, policies and obligations; {@code at least} where hidden ones may join in. */
  static String told(MaskedAnswer answer) {
    if (!(answer instanceof MaskedAnswer.Known known)) {
      return UNKNOWN;
    }
    Decision decision = known.decision();
    StringBuilder out = new StringBuilder(decision.outcome());
    if (decision instanceof Decision.Deny deny && known.exact()) {
      out.append(' ').append(deny.reason().code());
    }
    out.append(known.exact() ? " by " : " by at least ").append(decision.basis().policies());
    if (!Decision.obligations(decision).isEmpty()) {
      out.append(" with ").append(Decision.obligations(decision));
    }
    return out.toString();
  }
}
