package dev.tollgate.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context attributes that policies read, such as {@code environment}, {@code task} (all of it)
 * or {@code args.amount}. What nobody reads is not sent: turning the context into Cedar's values is
 * the dearest part of a decision.
 *
 * @param everything whether the context is used in a way that cannot be followed
 * @param paths what is read, one or two names long
 */
record ContextReads(boolean everything, Set<Path> paths) {
  /** An attribute, or a member of one; {@code member} is {@code null} for all of it. */
  record Path(String attribute, @Nullable String member) {
    @Override
    public String toString() {
      return member == null ? attribute : attribute + "." + member;
    }
  }

  static final ContextReads EVERYTHING = new ContextReads(true, Set.of());

  ContextReads {
    paths = Set.copyOf(paths);
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

  boolean reads(String attribute, String member) {
    return everything
        || paths.contains(new Path(attribute, null))
        || paths.contains(new Path(attribute, member));
  }

  boolean readsAnyOf(String attribute) {
    return everything || paths.stream().anyMatch(path -> path.attribute.equals(attribute));
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
        paths.add(new Path(names.get(0), names.size() > 1 ? names.get(1) : null));
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
