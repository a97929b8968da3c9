package dev.tollgate.cedar.author;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a policy applies, with every negation at its atoms. */
sealed interface Condition {
  /** Beyond this many cases a condition is not looked into: nothing is claimed of it. */
  int MOST_CASES = 128;

  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record One(Literal literal) implements Condition {}

  /**
   * The cases in which it holds, each a list of what holds together; none if it never does. {@code
   * null} if there are too many.
   */
  default @Nullable List<Set<Literal>> cases() {
    if (this instanceof One one) {
      return List.of(Set.of(one.literal()));
    }
    List<Set<Literal>> cases = new ArrayList<>();
    if (this instanceof Any any) {
      for (Condition part : any.parts()) {
        List<Set<Literal>> more = part.cases();
        if (more == null || cases.size() + more.size() > MOST_CASES) {
          return null;
        }
        cases.addAll(more);
      }
      return cases;
    }
    cases.add(Set.of());
    for (Condition part : ((All) this).parts()) {
      List<Set<Literal>> more = part.cases();
      if (more == null || (long) cases.size() * more.size() > MOST_CASES) {
        return null;
      }
      cases = product(cases, more);
    }
    return cases;
  }

  private static List<Set<Literal>> product(List<Set<Literal>> left, List<Set<Literal>> right) {
    List<Set<Literal>> all = new ArrayList<>();
    for (Set<Literal> one : left) {
      for (Set<Literal> other : right) {
        Set<Literal> both = new LinkedHashSet<>(one);
        both.addAll(other);
        all.add(both);
      }
    }
    return all;
  }

  /** Everything it says anywhere. */
  default Set<Literal> literals() {
    Set<Literal> all = new LinkedHashSet<>();
    if (this instanceof One one) {
      all.add(one.literal());
    } else {
      List<Condition> parts = this instanceof All every ? every.parts() : ((Any) this).parts();
      parts.forEach(part -> all.addAll(part.literals()));
    }
    return all;
  }
}
