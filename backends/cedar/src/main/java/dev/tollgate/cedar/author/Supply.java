package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.Finding.Kind;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.tool.ListedTool;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Attributes that policies read and nobody supplies. */
final class Supply implements Rule {
  private static final String LABELS = "sequence.labels";
  private static final Pattern LABEL = Pattern.compile("(?:^|,)\\s*label:([^,]*?)\\s*(?=,|$)");
  private static final Set<String> DECLARED =
      Set.of("destination.declared", "destination.within", "destination.zones");

  @Override
  public void look(Review review, Consumer<Finding> found) {
    Set<String> labels = labels(review);
    for (ReadPolicy policy : review.policies()) {
      for (String path : new TreeSet<>(policy.summary().reads())) {
        if (notYet(path)
            && policy.summary().reads().stream().noneMatch(r -> r.startsWith(path + "."))) {
          found.accept(
              finding(
                  policy.summary().place(),
                  policy,
                  "reads `" + path + "`, which nothing in this version supplies",
                  "delete what reads it"));
        } else if (DECLARED.contains(path) && !declared(policy, path, review)) {
          found.accept(
              finding(
                  policy.summary().place(),
                  policy,
                  "reads `" + path + "`, but no tool it covers says which argument names one",
                  "mark the argument with `destination: true` in the manifest"));
        }
      }
      for (Literal literal : policy.condition().literals()) {
        if (literal.atom() instanceof Atom.Holds holds && holds.path().equals(LABELS)) {
          for (String label : new TreeSet<>(holds.words())) {
            if (!labels.contains(label)) {
              found.accept(
                  finding(
                      policy.placeOf(label),
                      policy,
                      "waits for the label \"" + label + "\", which no policy of the set puts",
                      "put it with @obligation(\"label:" + label + "\")"));
            }
          }
        }
      }
    }
  }

  private static boolean notYet(String path) {
    List<PolicyAttribute> all =
        AttributeCatalogue.ALL.stream()
            .filter(one -> one.path().equals(path) || one.record().equals(path))
            .toList();
    return !all.isEmpty() && all.stream().allMatch(one -> one.presence() == Presence.NOT_YET);
  }

  private static boolean declared(ReadPolicy policy, String path, Review review) {
    List<ListedTool> covered =
        policy.summary().actions().stream()
            .map(review.tools()::get)
            .filter(Objects::nonNull)
            .toList();
    return covered.isEmpty()
        || covered.stream()
            .anyMatch(
                tool ->
                    Review.namesDestination(tool)
                        || (path.equals("destination.zones") && tool.zone() != null));
  }

  private static Set<String> labels(Review review) {
    Set<String> labels = new HashSet<>();
    for (ReadPolicy policy : review.policies()) {
      Matcher found = LABEL.matcher(policy.summary().annotations().getOrDefault("obligation", ""));
      while (found.find()) {
        labels.add(found.group(1));
      }
    }
    return labels;
  }

  private static Finding finding(String place, ReadPolicy policy, String what, String todo) {
    return new Finding(Kind.UNSUPPLIED, place, policy.id(), what, todo);
  }
}
