package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.PolicySummary;
import dev.tollgate.cedar.Suggestion;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.ToolManifest;
import dev.tollgate.yaml.YamlPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a file of cases and refuses what it does not know, naming the line. */
final class CaseReader {
  private static final String VERSION = "tollgate/cases/v1";
  private static final Set<String> OUTCOMES = Set.of("permit", "deny", "needs_approval");

  private final String origin;
  private final Set<String> policies = new TreeSet<>();
  private final CaseQuestions questions;

  private CaseReader(String origin, LoadedPolicies loaded, ToolManifest manifest) {
    this.origin = origin;
    loaded.policies().stream().map(PolicySummary::id).forEach(policies::add);
    this.questions = new CaseQuestions(manifest);
  }

  static CaseFile read(String yaml, String origin, CedarPolicySet set, CaseManifests manifests) {
    YamlPlace root = YamlPlace.parse(yaml, origin, CaseFileException::new);
    root.allowOnly("version", "manifest", "cases");
    YamlPlace version = root.find("version");
    if (version != null && !version.text().equals(VERSION)) {
      throw version.refuse("must be " + VERSION);
    }
    ToolManifest manifest = manifest(root, root.find("manifest"), manifests);
    LoadedPolicies loaded = LoadedPolicies.load(set, manifest);
    CaseReader reader = new CaseReader(origin, loaded, manifest);
    List<PolicyCase> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlPlace at : root.require("cases").items()) {
      PolicyCase one = reader.one(at);
      if (!names.add(one.name())) {
        throw at.refuse("the name '" + one.name() + "' stands twice");
      }
      cases.add(one);
    }
    if (cases.isEmpty()) {
      throw root.refuse("there is no case");
    }
    return new CaseFile(origin, loaded, cases);
  }

  private static ToolManifest manifest(
      YamlPlace root, @Nullable YamlPlace at, CaseManifests manifests) {
    if (at != null && at.json() instanceof JsonValue.Members) {
      return ToolManifest.read(at);
    }
    ToolManifest found = manifests.find(at == null ? null : at.text());
    if (found == null) {
      throw root.refuse("name a manifest, or put one <name>.manifest.yaml beside the policies");
    }
    return found;
  }

  private PolicyCase one(YamlPlace at) {
    at.allowOnly(
        "name",
        "agent",
        "tool",
        "source",
        "unlisted",
        "at",
        "args",
        "attributes",
        "expect",
        "reason",
        "policies",
        "obligations");
    Expected expected = expected(at);
    CaseQuestions.Asked asked =
        questions.read(at, expected.reason() == ReasonCode.ARGUMENT_TYPE_MISMATCH);
    return new PolicyCase(
        at.require("name").text(),
        origin + ":" + at.line(),
        asked.tool(),
        asked.question(),
        expected);
  }

  private Expected expected(YamlPlace at) {
    YamlPlace expect = at.require("expect");
    String outcome = expect.text();
    if (!OUTCOMES.contains(outcome)) {
      throw expect.refuse("must be permit, deny or needs_approval, not '" + outcome + "'");
    }
    YamlPlace reason = at.find("reason");
    if (reason != null && !outcome.equals("deny")) {
      throw reason.refuse("only a deny has a reason");
    }
    return new Expected(
        outcome, reason == null ? null : reason(reason), policies(at), obligations(at, outcome));
  }

  private static ReasonCode reason(YamlPlace at) {
    Map<String, ReasonCode> codes = new TreeMap<>();
    for (ReasonCode code : ReasonCode.values()) {
      codes.put(code.code(), code);
    }
    ReasonCode found = codes.get(at.text());
    if (found == null) {
      throw at.refuse("no reason is called '" + at.text() + "'" + like(at.text(), codes.keySet()));
    }
    return found;
  }

  private @Nullable Set<String> policies(YamlPlace at) {
    YamlPlace list = at.find("policies");
    if (list == null) {
      return null;
    }
    Set<String> ids = new HashSet<>();
    for (YamlPlace item : list.items()) {
      if (!policies.contains(item.text())) {
        throw item.refuse(
            "no policy has the id '" + item.text() + "'" + like(item.text(), policies));
      }
      ids.add(item.text());
    }
    return ids;
  }

  private static @Nullable Set<Obligation> obligations(YamlPlace at, String outcome) {
    YamlPlace list = at.find("obligations");
    if (list == null) {
      return null;
    }
    if (outcome.equals("deny")) {
      throw list.refuse("a deny has no obligations");
    }
    Set<Obligation> all = new HashSet<>();
    for (YamlPlace item : list.items()) {
      if (item.text().equals("approval") && !outcome.equals("needs_approval")) {
        throw item.refuse("an approval is expected with expect: needs_approval");
      }
      all.addAll(LoadedPolicies.demanded(item.text())); // of a plain approval: nothing more
    }
    return all;
  }

  static String like(String word, Set<String> known) {
    return Suggestion.of(word, known);
  }
}
