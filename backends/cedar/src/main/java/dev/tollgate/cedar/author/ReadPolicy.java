package dev.tollgate.cedar.author;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.cedar.PolicySummary;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One loaded policy, taken apart.
 *
 * @param summary what it says of itself
 * @param head its head
 * @param condition when it applies
 * @param cases the cases in which it does, without those that no call can meet; {@code null} if
 *     there are too many
 * @param arithmetic whether it calculates, which may fail where comparing does not
 */
record ReadPolicy(
    PolicySummary summary,
    PolicyHead head,
    Condition condition,
    @Nullable List<Set<Literal>> cases,
    boolean arithmetic) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ReadPolicy of(PolicySummary summary, AttributeVocabulary vocabulary) {
    try {
      JsonNode tree = JSON.readTree(new Policy(summary.text(), summary.id()).toJson());
      Condition condition = ConditionReader.of(tree);
      return new ReadPolicy(
          summary,
          PolicyHead.of(tree),
          condition,
          possible(condition.cases(), vocabulary),
          calculates(tree));
    } catch (InternalException | JsonProcessingException e) {
      throw new IllegalStateException("a loaded policy parses", e);
    }
  }

  private static @Nullable List<Set<Literal>> possible(
      @Nullable List<Set<Literal>> cases, AttributeVocabulary vocabulary) {
    return cases == null
        ? null
        : cases.stream().filter(one -> !Contradiction.in(one, vocabulary)).toList();
  }

  String id() {
    return summary.id();
  }

  boolean forbid() {
    return summary.forbid();
  }

  boolean asksForApproval() {
    String obligation = summary.annotations().get("obligation");
    return obligation != null && obligation.matches("(?s).*\\bapproval\\b.*");
  }

  /** Whether it applies to whatever its head lets through. */
  boolean unconditional() {
    return cases != null && cases.stream().anyMatch(Set::isEmpty);
  }

  /** Whether it applies only when the other does, as far as their conditions go. */
  boolean implies(ReadPolicy other) {
    List<Set<Literal>> mine = cases;
    List<Set<Literal>> theirs = other.cases;
    return mine != null
        && theirs != null
        && !mine.isEmpty() // what never applies is said as such
        && mine.stream().allMatch(one -> theirs.stream().anyMatch(one::containsAll));
  }

  /** {@code file:line} of a word that is quoted in it, or of the policy. */
  String placeOf(String word) {
    int colon = summary.place().lastIndexOf(':');
    int at = summary.text().lastIndexOf("\"" + word + "\"");
    long lines =
        at < 0 ? 0 : summary.text().substring(0, at).chars().filter(c -> c == '\n').count();
    long line = Long.parseLong(summary.place().substring(colon + 1)) + lines;
    return summary.place().substring(0, colon + 1) + line;
  }

  private static boolean calculates(JsonNode node) {
    if (node.isObject() && (node.has("+") || node.has("-") || node.has("*") || node.has("neg"))) {
      return true;
    }
    for (JsonNode child : node) {
      if (calculates(child)) {
        return true;
      }
    }
    return false;
  }
}
