package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.AttributeVocabulary.Range;
import dev.tollgate.cedar.author.Finding.Kind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Conditions that no call can meet, and values that no attribute can have. */
final class Matching implements Rule {
  @Override
  public void look(Review review, Consumer<Finding> found) {
    for (ReadPolicy policy : review.policies()) {
      Set<Finding> impossible = new LinkedHashSet<>();
      for (Literal literal : policy.condition().literals()) {
        impossible(policy, literal.atom(), review.vocabulary(), impossible);
      }
      impossible.forEach(found);
      List<Set<Literal>> cases = policy.cases();
      if (impossible.isEmpty() && cases != null && cases.isEmpty()) {
        found.accept(
            new Finding(
                Kind.NEVER_MATCHES,
                policy.summary().place(),
                policy.id(),
                "never applies: its conditions contradict each other"
                    + (policy.forbid() ? ", so it forbids nothing" : ""),
                "write what was meant, or delete it"));
      }
    }
  }

  private static void impossible(
      ReadPolicy policy, Atom atom, AttributeVocabulary vocabulary, Set<Finding> found) {
    if (atom instanceof Atom.Among among) {
      strange(policy, among.path(), among.words(), vocabulary.words(among.path()), found);
    } else if (atom instanceof Atom.Holds holds) {
      strange(policy, holds.path(), holds.words(), vocabulary.words(holds.path()), found);
    } else if (atom instanceof Atom.Like like) {
      Set<String> closed = vocabulary.words(like.path());
      if (closed != null && Contradiction.in(Set.of(new Literal(like, true)), vocabulary)) {
        found.add(
            finding(
                policy.summary().place(),
                policy,
                "`" + like.path() + "` never looks like that",
                "it is one of " + String.join(", ", new TreeSet<>(closed))));
      }
    } else if (atom instanceof Atom.Exactly exactly) {
      Range range = vocabulary.range(exactly.path());
      if (exactly.number() < range.least() || exactly.number() > range.most()) {
        found.add(
            finding(
                policy.summary().place(),
                policy,
                "`" + exactly.path() + "` is never " + exactly.number(),
                "it is " + text(range)));
      }
    } else if (atom instanceof Atom.Below below) {
      Range range = vocabulary.range(below.path());
      boolean never = below.limit() <= range.least();
      boolean always = below.limit() - 1 >= range.most();
      if (!range.equals(Range.ANY) && (never || always)) {
        found.add(
            finding(
                policy.summary().place(),
                policy,
                "compares `"
                    + below.path()
                    + "` with a number that it is "
                    + (never ? "never below" : "always below"),
                "it is " + text(range)));
      }
    }
  }

  private static void strange(
      ReadPolicy policy,
      String path,
      Set<String> words,
      @Nullable Set<String> closed,
      Set<Finding> found) {
    if (closed == null) {
      return;
    }
    Set<String> strange = new TreeSet<>(new HashSet<>(words));
    strange.removeAll(closed);
    for (String word : strange) {
      found.add(
          finding(
              policy.placeOf(word),
              policy,
              "`" + path + "` never is or holds \"" + word + "\"",
              "use one of " + String.join(", ", new TreeSet<>(closed))));
    }
  }

  private static String text(Range range) {
    return range.most() == Long.MAX_VALUE
        ? range.least() + " or more"
        : range.least() + " to " + range.most();
  }

  private static Finding finding(String place, ReadPolicy policy, String what, String todo) {
    return new Finding(Kind.IMPOSSIBLE_VALUE, place, policy.id(), what, todo);
  }
}
