package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.Finding.Kind;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ListedTool;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forbids that a call escapes by leaving something out: they need an attribute that may be absent,
 * no other forbid closes the absent case, and some permit does not need it.
 */
final class Absence implements Rule {
  @Override
  public void look(Review review, Consumer<Finding> found) {
    for (ReadPolicy forbid : review.forbids()) {
      for (String path : needed(forbid)) {
        ReadPolicy open = open(forbid, path, review);
        if (open != null) {
          found.accept(
              new Finding(
                  Kind.OPEN_WHEN_ABSENT,
                  forbid.summary().place(),
                  forbid.id(),
                  "forbids nothing where `"
                      + path
                      + "` is absent, and \""
                      + open.id()
                      + "\" ("
                      + open.summary().place()
                      + ") permits without it",
                  "write a forbid for the absent case too, or let the permit demand it"));
        }
      }
    }
  }

  /** What has to be there for it to apply at all. */
  private static Set<String> needed(ReadPolicy policy) {
    List<Set<Literal>> cases = policy.cases();
    Set<String> needed = new TreeSet<>();
    if (cases == null || cases.isEmpty()) {
      return needed;
    }
    for (Literal literal : cases.get(0)) {
      if (literal.holds()
          && literal.atom() instanceof Atom.Present present
          && optional(present.path())
          && cases.stream().allMatch(one -> one.contains(literal))) {
        needed.add(present.path());
      }
    }
    needed.removeIf(path -> needed.stream().anyMatch(other -> other.startsWith(path + ".")));
    return needed;
  }

  /** Of a delegation or an approval, absent means that there is none: that is nothing to escape. */
  private static boolean optional(String path) {
    List<PolicyAttribute> known =
        AttributeCatalogue.ALL.stream()
            .filter(one -> one.path().equals(path) || one.record().equals(path))
            .toList();
    return known.isEmpty() || known.stream().anyMatch(one -> one.presence() == Presence.SOMETIMES);
  }

  private static @Nullable ReadPolicy open(ReadPolicy forbid, String path, Review review) {
    for (ReadPolicy permit : review.permits()) {
      if (overlap(forbid, permit, path, review)
          && !demands(permit, path)
          && review.forbids().stream()
              .noneMatch(other -> closes(other, forbid, permit, path, review))) {
        return permit;
      }
    }
    return null;
  }

  /** Whether both can apply to a call that could have it. */
  private static boolean overlap(ReadPolicy forbid, ReadPolicy permit, String path, Review review) {
    return permit.summary().actions().stream()
        .filter(forbid.summary().actions()::contains)
        .anyMatch(id -> couldHave(review.tools().get(id), path));
  }

  private static boolean couldHave(@Nullable ListedTool tool, String path) {
    String[] names = path.split("\\.", 3);
    if (names[0].equals("destination")) {
      return tool != null && Review.namesDestination(tool);
    }
    boolean argument = names[0].equals(AttributeCatalogue.ARGUMENTS);
    if (!argument && !names[0].equals(AttributeCatalogue.PROVENANCE)) {
      return true;
    }
    if (tool == null || names.length < 2) {
      return false;
    }
    Argument declared = tool.arguments().get(names[1]);
    String schema = tool.inputSchema();
    return declared == null
        ? schema != null && schema.contains("\"" + names[1] + "\"")
        : argument || declared.steering();
  }

  private static boolean demands(ReadPolicy permit, String path) {
    List<Set<Literal>> cases = permit.cases();
    return cases != null
        && cases.stream().allMatch(one -> one.contains(new Literal(new Atom.Present(path), true)));
  }

  private static boolean closes(
      ReadPolicy other, ReadPolicy forbid, ReadPolicy permit, String path, Review review) {
    List<Set<Literal>> cases = other.cases();
    return cases != null
        && (other.head().covers(forbid.head(), review.tools())
            || other.head().covers(permit.head(), review.tools()))
        && cases.stream().anyMatch(one -> one.stream().allMatch(part -> absent(part, path)));
  }

  private static boolean absent(Literal literal, String path) {
    return !literal.holds()
        && literal.atom() instanceof Atom.Present present
        && (path.equals(present.path()) || path.startsWith(present.path() + "."));
  }
}
