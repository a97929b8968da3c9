package dev.tollgate.cedar;

import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The actions of a manifest. Tools that it does not list share one action per source: a stranger
 * that took the name of a listed tool must not get that tool's permits.
 */
final class ToolActions {
  private static final String UNLISTED = "unlisted";
  private static final List<String> RESERVED = List.of("effect:", "source:", "unlisted:", "any:");

  private record Typed(ListedTool tool, ArgumentTypes arguments, Set<String> steering) {}

  private final List<Typed> tools = new ArrayList<>();
  private final Map<String, List<Typed>> byName = new HashMap<>();
  private final Set<String> sources = new TreeSet<>();
  private final Set<String> ambiguous = new HashSet<>();

  ToolActions(ToolManifest manifest) {
    Set<String> names = new HashSet<>();
    for (ListedTool tool : manifest.tools()) {
      if (!names.add(tool.name())) {
        ambiguous.add(tool.name());
      }
    }
    Set<String> ids = new HashSet<>();
    for (ListedTool tool : manifest.tools()) {
      if (tool.source() != null) {
        sources.add(tool.source());
      }
      if (tool.name().equals(UNLISTED) || RESERVED.stream().anyMatch(tool.name()::startsWith)) {
        throw new CedarPolicyException(
            "tool '" + tool.name() + "': this name is reserved in policies; rename the tool");
      }
      if (!ids.add(id(tool))) {
        throw new CedarPolicyException(
            "tool '" + tool.name() + "': two tools would be Action::\"" + id(tool) + "\"");
      }
      Typed one = new Typed(tool, ArgumentTypes.of(tool), ToolAction.steering(tool.arguments()));
      tools.add(one);
      byName.computeIfAbsent(tool.name(), name -> new ArrayList<>()).add(one);
    }
  }

  /**
   * All actions a policy may meet. A tool listed without a source may come from any, so here it is
   * in every source's group: a policy on a source must be right for it too.
   */
  List<ToolAction> all() {
    List<ToolAction> all = new ArrayList<>();
    for (Effect effect : Effect.values()) {
      all.add(
          new ToolAction(
              "any:" + effect.text(),
              List.of(ToolAction.group(effect)),
              ArgumentTypes.NONE,
              Set.of(),
              false));
    }
    all.add(unlisted(null));
    sources.forEach(source -> all.add(unlisted(source)));
    for (Typed one : tools) {
      String source = one.tool().source();
      all.add(action(one, source == null ? sources : Set.of(source)));
    }
    return all;
  }

  /** The actions of calls that are to be expected: their policies are made ready at load. */
  List<ToolAction> expected() {
    List<ToolAction> expected = new ArrayList<>();
    expected.add(unlisted(null));
    sources.forEach(source -> expected.add(unlisted(source)));
    for (Typed one : tools) {
      String source = one.tool().source();
      expected.add(action(one, source == null ? Set.of() : Set.of(source)));
    }
    return expected;
  }

  /** The action of a call. */
  ToolAction of(Tool tool) {
    String source = sources.contains(tool.source()) ? tool.source() : null;
    if (tool.standing() != Tool.Standing.LISTED) {
      return unlisted(source);
    }
    for (Typed one : byName.getOrDefault(tool.name(), List.of())) {
      ListedTool listed = one.tool();
      if (listed.source() == null || listed.source().equals(tool.source())) {
        if (listed.effect().compareTo(tool.effect()) > 0 // annotations may raise it, never lower it
            || !listed.arguments().equals(tool.arguments())) {
          break; // described by another manifest than the policies were checked against
        }
        return action(one, tool.effect(), source == null ? Set.of() : Set.of(source));
      }
    }
    throw new CedarPolicyException(
        "tool '" + tool.name() + "' is not the one that the policies were checked against");
  }

  private ToolAction action(Typed one, Set<String> from) {
    return action(one, one.tool().effect(), from);
  }

  private ToolAction action(Typed one, Effect effect, Set<String> from) {
    List<String> groups = new ArrayList<>();
    groups.add(ToolAction.group(effect));
    from.forEach(source -> groups.add(ToolAction.sourceGroup(source)));
    return new ToolAction(id(one.tool()), groups, one.arguments(), one.steering(), true);
  }

  private static ToolAction unlisted(@Nullable String source) {
    String effect = ToolAction.group(Effect.ADMIN);
    return source == null
        ? new ToolAction(UNLISTED, List.of(effect), ArgumentTypes.NONE, Set.of(), true)
        : new ToolAction(
            UNLISTED + ":" + source,
            List.of(effect, ToolAction.sourceGroup(source)),
            ArgumentTypes.NONE,
            Set.of(),
            true);
  }

  /**
   * The tool's name; with its source where the manifest lists the name more than once, so that a
   * forbid on the bare name does not load instead of hitting only one of them.
   */
  String id(ListedTool tool) {
    String source = tool.source() == null ? "*" : tool.source();
    return ambiguous.contains(tool.name()) ? tool.name() + "@" + source : tool.name();
  }
}
