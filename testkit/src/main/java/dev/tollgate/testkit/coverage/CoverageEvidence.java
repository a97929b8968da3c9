package dev.tollgate.testkit.coverage;

import dev.tollgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a piece of the audit file says about the calls that were proposed in it.
 *
 * @param proposed how many there are
 * @param dispatched how many of them the gate let run
 * @param denied why the others were refused, a reason code each
 * @param approvalsAsked how many wait for a person
 * @param approvalsUsed how many ran because one approved
 */
public record CoverageEvidence(
    int proposed, int dispatched, List<String> denied, int approvalsAsked, int approvalsUsed) {

  static CoverageEvidence of(List<JsonValue.Members> lines) {
    // The question of an approval goes on record before the call that asked it.
    Set<String> calls =
        lines.stream()
            .filter(line -> text(line, "kind").equals("proposed"))
            .map(line -> text(line, "call"))
            .collect(Collectors.toSet());
    List<String> denied = new ArrayList<>();
    int[] counts = new int[3];
    for (JsonValue.Members line : lines) {
      if (!calls.contains(text(line, "call"))) {
        continue; // an outer call, or one of before
      }
      switch (text(line, "kind")) {
        case "dispatched" -> counts[0]++;
        case "approval_requested" -> counts[1]++;
        case "approval_used" -> counts[2]++;
        case "refused" -> denied.add(text(line, "reason"));
        case "decided" -> {
          if (text(line, "outcome").equals("deny")) {
            denied.add(text(line, "reason"));
          }
        }
        default -> {}
      }
    }
    return new CoverageEvidence(calls.size(), counts[0], denied, counts[1], counts[2]);
  }

  private static String text(JsonValue.Members line, String name) {
    return line.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }
}
