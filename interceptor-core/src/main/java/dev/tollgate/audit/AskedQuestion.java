package dev.tollgate.audit;

import java.util.Map;
import java.util.Set;

/**
 * What the policy was asked about one call.
 *
 * @param catalogue the version of the catalogue of attributes
 * @param attributes what policies could read, by path, in clear: texts, whole numbers, truth values
 *     and sets of texts
 * @param arguments the arguments of the call that its manifest declares, by name
 * @param otherArguments how many more it had, whose names only a model knows
 * @param masked paths of what was there and is not told: it comes from a model, is too long, or
 *     could not be read; {@code agent} and {@code args} stand for all of these
 */
public record AskedQuestion(
    String tool,
    String source,
    String agent,
    Set<String> groups,
    String destination,
    String catalogue,
    Map<String, Object> attributes,
    Map<String, AskedArgument> arguments,
    int otherArguments,
    Set<String> masked) {
  void write(RecordWriter out) {
    out.field("tool", tool)
        .field("source", source)
        .field("agent", agent)
        .field("groups", groups.stream().sorted().toList())
        .field("destination", destination)
        .field("catalogue", catalogue)
        .begin("attributes");
    attributes.forEach((path, value) -> out.key(path).value(value));
    out.end().begin("arguments");
    arguments.forEach((name, argument) -> argument.write(out.key(name)));
    out.end()
        .field("otherArguments", otherArguments)
        .field("masked", masked.stream().sorted().toList());
  }
}
