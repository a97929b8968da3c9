package dev.tollgate.cli.manifest;

import dev.tollgate.destination.TrustZones;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.AnnotatedEffect;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a manifest and the registered tools do not fit together. */
final class ManifestFindings {
  private static final Set<Effect> STEERED =
      EnumSet.of(Effect.SEND, Effect.SHARE, Effect.DELETE, Effect.PAY);

  private final ToolManifest manifest;
  private final List<ToolDefinition> tools;
  private final List<String> found = new ArrayList<>();

  ManifestFindings(ToolManifest manifest, List<ToolDefinition> tools) {
    this.manifest = manifest;
    this.tools = tools;
  }

  List<String> all() {
    names();
    manifest.tools().forEach(this::listed);
    for (ToolDefinition tool : tools) {
      if (manifest.tools().stream().noneMatch(one -> describes(one, tool))) {
        say("warning", tool.name(), "is not listed and counts as admin");
      }
    }
    boolean placed =
        manifest.tools().stream()
            .anyMatch(
                one ->
                    one.zone() != null
                        || one.arguments().values().stream().anyMatch(Argument::destination));
    if (!placed && !manifest.zones().names().equals(TrustZones.NONE.names())) {
      found.add("warning: zones are named, but no tool has a zone or a destination argument");
    }
    return List.copyOf(found);
  }

  private void listed(ListedTool listed) {
    List<ToolDefinition> real = tools.stream().filter(one -> describes(listed, one)).toList();
    if (real.isEmpty()) {
      String alike = alike(listed.name());
      say(
          "error",
          listed.name(),
          "is not among the tools"
              + (listed.source() == null ? "" : " of " + Shown.text(listed.source()))
              + (alike == null ? "" : "; did you mean " + Shown.quoted(alike) + "?"));
    }
    if (listed.legacySecret() && listed.credential() != null) {
      say("error", listed.name(), "has a standing secret and a credential of the gate; which?");
    }
    if (STEERED.contains(listed.effect())
        && listed.arguments().values().stream().noneMatch(Argument::steering)) {
      say("error", listed.name(), "can " + listed.effect().text() + ", and no argument steers it");
    }
    for (ToolDefinition tool : real) {
      Effect raised = AnnotatedEffect.raise(listed.effect(), tool.annotations());
      if (raised != listed.effect()) {
        say(
            "error",
            listed.name(),
            "is listed as %s, but its server says %s: it counts as %s too"
                .formatted(
                    listed.effect().text(), new TreeSet<>(tool.annotations()), raised.text()));
      }
      arguments(listed, SchemaArgument.of(tool));
    }
  }

  private void arguments(ListedTool listed, Map<String, SchemaArgument> real) {
    new TreeMap<>(listed.arguments())
        .forEach(
            (name, argument) -> {
              SchemaArgument is = real.get(name);
              if (is == null) {
                say("error", listed.name(), "has no argument " + Shown.quoted(name));
              } else if (is.type() != argument.type()) {
                String type = is.type() == null ? "none that policies read" : is.type().text();
                say(
                    "error",
                    listed.name(),
                    "argument %s is listed as %s, and its type is %s"
                        .formatted(Shown.quoted(name), argument.type().text(), type));
              }
            });
    real.forEach(
        (name, is) -> {
          Argument argument = listed.arguments().get(name);
          if (is.place() && (argument == null || !argument.destination())) {
            say(
                "warning",
                listed.name(),
                "argument "
                    + Shown.quoted(name)
                    + " looks like a place, and is no destination in the manifest");
          }
        });
  }

  /** Names that are one to a model, to a person, or to somebody in a hurry. */
  private void names() {
    Map<String, Set<String>> bySkeleton = new LinkedHashMap<>();
    Map<String, Set<String>> sources = new TreeMap<>();
    for (ToolDefinition tool : tools) {
      bySkeleton.computeIfAbsent(NameLook.of(tool.name()), k -> new TreeSet<>()).add(tool.name());
      if (!sources.computeIfAbsent(tool.name(), k -> new HashSet<>()).add(tool.source())) {
        say("error", tool.name(), "stands twice for " + Shown.text(tool.source()));
      }
    }
    sources.forEach(
        (name, from) -> {
          if (from.size() > 1) {
            say(
                "error",
                name,
                "comes from " + new TreeSet<>(from) + ": in one registry none of them runs");
          }
        });
    for (Set<String> alike : bySkeleton.values()) {
      if (alike.size() > 1) {
        say("warning", alike.iterator().next(), "looks like another: " + alike);
      }
    }
  }

  private @Nullable String alike(String name) {
    return tools.stream()
        .map(ToolDefinition::name)
        .filter(one -> NameLook.of(one).equals(NameLook.of(name)))
        .findFirst()
        .orElse(null);
  }

  private static boolean describes(ListedTool listed, ToolDefinition tool) {
    return listed.name().equals(tool.name())
        && (listed.source() == null || listed.source().equals(tool.source()));
  }

  private void say(String severity, String tool, String what) {
    found.add(severity + ": tool " + Shown.quoted(tool) + ": " + what);
  }
}
