package dev.tollgate.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A place in a YAML file that knows its line, so that every complaint can name it. */
final class YamlPlace {
  private final String origin;
  private final String path;
  private final Node named;
  private final Node node;

  /**
   * @param named what a complaint points at: the key, if there is one
   */
  private YamlPlace(String origin, String path, Node named, Node node) {
    this.origin = origin;
    this.path = path;
    this.named = named;
    this.node = node;
  }

  static YamlPlace parse(String yaml, String origin) {
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(false).setMaxAliasesForCollections(0).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new ManifestException(origin, 1, "is empty"));
      return new YamlPlace(origin, "", root, root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new ManifestException(origin, line, "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ManifestException(origin, 0, "is not YAML");
    }
  }

  ManifestException refuse(String problem) {
    int line = named.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    return new ManifestException(origin, line, (path.isEmpty() ? "" : path + ": ") + problem);
  }

  String text() {
    return scalar(Tag.STR, "must be a text");
  }

  /** By YAML's own type, as the JSON Schema has it: {@code 'true'} is no boolean, 12 no text. */
  private String scalar(Tag type, String problem) {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(type)
        && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw refuse(problem);
  }

  boolean bool() {
    return switch (scalar(Tag.BOOL, "must be true or false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refuse("must be true or false");
    };
  }

  int wholeNumber() {
    try {
      return Integer.parseInt(scalar(Tag.INT, "must be a whole number"));
    } catch (NumberFormatException e) {
      throw refuse("must be a whole number");
    }
  }

  <E extends Enum<E>> E oneOf(Class<E> type) {
    String wanted = text();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return constant;
      }
    }
    throw refuse(
        "must be one of "
            + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)
            + ", not '"
            + wanted
            + "'");
  }

  List<YamlPlace> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw refuse("must be a list");
    }
    List<YamlPlace> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlPlace(origin, path + "[" + items.size() + "]", item, item));
    }
    return items;
  }

  Map<String, YamlPlace> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw refuse("must be a mapping");
    }
    Map<String, YamlPlace> members = new LinkedHashMap<>();
    for (var tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      String key = new YamlPlace(origin, path, keyNode, keyNode).text();
      String below = path.isEmpty() ? key : path + "." + key;
      YamlPlace member = new YamlPlace(origin, below, keyNode, tuple.getValueNode());
      if (members.put(key, member) != null) {
        throw member.refuse("stands twice");
      }
    }
    return members;
  }

  @Nullable YamlPlace find(String key) {
    return members().get(key);
  }

  YamlPlace require(String key) {
    YamlPlace found = find(key);
    if (found == null) {
      throw refuse("'" + key + "' is missing");
    }
    return found;
  }

  void allowOnly(String... keys) {
    members()
        .forEach(
            (key, value) -> {
              if (!Arrays.asList(keys).contains(key)) {
                throw value.refuse("unknown key; known are " + String.join(", ", keys));
              }
            });
  }
}
