package dev.tollgate.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.policy.AttributeCatalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context attributes that policies read, such as {@code environment}, {@code task} (all of it)
 * or {@code args.payee.iban}. What nobody reads is not sent: turning the context into Cedar's
 * values is the dearest part of a decision.
 */
final class ContextReads {
  /**
   * The names behind {@code context}.
   *
   * @param names at least one
   * @param whole whether the value is read; else only whether it is there
   */
  record Path(List<String> names, boolean whole) {
    Path {
      names = List.copyOf(names);
    }

    String attribute() {
      return names.get(0);
    }

    /** The second name; {@code null} if the attribute is meant as a whole. */
    @Nullable String member() {
      return names.size() > 1 ? names.get(1) : null;
    }

    /** The first two names. */
    String top() {
      return String.join(".", names.subList(0, Math.min(2, names.size())));
    }

    @Override
    public String toString() {
      return String.join(".", names);
    }
  }

  private record Top(String attribute, @Nullable String member) {}

  static final ContextReads EVERYTHING = new ContextReads(true, Set.of());

  private final boolean everything;
  private final Set<Path> paths;
  private final Set<Top> tops = new HashSet<>();
  private final Set<String> attributes = new HashSet<>();
  private final Wanted arguments;

  /**
   * @param everything whether the context is used in a way that cannot be followed
   */
  ContextReads(boolean everything, Set<Path> paths) {
    this.everything = everything;
    this.paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
    for (Path path : paths) {
      attributes.add(path.attribute());
      if (path.member() != null || path.whole()) {
        tops.add(new Top(path.attribute(), path.member()));
      }
    }
    this.arguments =
        everything
            ? Wanted.KNOWN
            : Wanted.of(
                paths.stream()
                    .filter(path -> path.attribute().equals(AttributeCatalogue.ARGUMENTS))
                    .toList(),
                1);
  }

  /** What one policy reads, from its JSON form. */
  static ContextReads of(JsonNode policy) {
    Walk walk = new Walk();
    walk.visit(policy.path("conditions"));
    return new ContextReads(walk.everything, walk.paths);
  }

  /** What several policies read. */
  static ContextReads of(List<LoadedPolicy> policies) {
    Set<Path> all = new LinkedHashSet<>();
    policies.forEach(policy -> all.addAll(policy.reads().paths()));
    return new ContextReads(policies.stream().anyMatch(p -> p.reads().everything()), all);
  }

  boolean everything() {
    return everything;
  }

  Set<Path> paths() {
    return paths;
  }

  /** Whether the value of a member is read, by its name or with all others. */
  boolean reads(String attribute, String member) {
    return everything
        || tops.contains(new Top(attribute, null))
        || tops.contains(new Top(attribute, member));
  }

  /** Whether anything is read of it, be it only whether it is there. */
  boolean readsAnyOf(String attribute) {
    return everything || attributes.contains(attribute);
  }

  /** What is read of the arguments. */
  Wanted arguments() {
    return arguments;
  }

  private static final class Walk {
    private boolean everything;
    private final Set<Path> paths = new LinkedHashSet<>();

    void visit(JsonNode node) {
      if (node.path("Var").asText().equals("context")) {
        everything = true; // the bare context, compared or passed on
        return;
      }
      List<String> names = names(node);
      if (names != null && !names.isEmpty()) {
        paths.add(new Path(names, !node.has("has")));
        return;
      }
      node.forEach(this::visit);
    }

    /** The names behind {@code context} in {@code context.a.b} or {@code context.a has b}. */
    private static @Nullable List<String> names(JsonNode node) {
      if (node.size() == 1 && node.path("Var").asText().equals("context")) {
        return new ArrayList<>();
      }
      JsonNode access = node.has(".") ? node.path(".") : node.path("has");
      if (node.size() != 1 || !access.path("attr").isTextual()) {
        return null;
      }
      List<String> names = names(access.path("left"));
      if (names != null) {
        names.add(access.path("attr").textValue());
      }
      return names;
    }
  }
}
