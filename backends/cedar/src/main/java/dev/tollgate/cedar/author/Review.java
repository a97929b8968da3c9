package dev.tollgate.cedar.author;

import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ToolManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A set that loaded, with the tools it speaks of.
 *
 * @param name the set's
 * @param policies its policies
 * @param tools the manifest's tools by the id of their action
 * @param vocabulary the values that attributes can have
 */
record Review(
    String name,
    List<ReadPolicy> policies,
    Map<String, ListedTool> tools,
    AttributeVocabulary vocabulary) {

  static Review of(LoadedPolicies loaded, ToolManifest manifest) {
    AttributeVocabulary vocabulary = new AttributeVocabulary(manifest);
    Map<String, ListedTool> tools = new LinkedHashMap<>();
    manifest.tools().forEach(tool -> tools.put(loaded.actionOf(tool), tool));
    return new Review(
        loaded.name(),
        loaded.policies().stream().map(one -> ReadPolicy.of(one, vocabulary)).toList(),
        tools,
        vocabulary);
  }

  List<ReadPolicy> permits() {
    return policies.stream().filter(policy -> !policy.forbid()).toList();
  }

  List<ReadPolicy> forbids() {
    return policies.stream().filter(ReadPolicy::forbid).toList();
  }

  /** A tool's arguments in an order that stays. */
  static Map<String, Argument> arguments(ListedTool tool) {
    return new TreeMap<>(tool.arguments());
  }

  static boolean namesDestination(ListedTool tool) {
    return tool.arguments().values().stream().anyMatch(Argument::destination);
  }

  static String quoted(Iterable<String> names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }
}
