package dev.tollgate.yaml;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
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

/**
 * A place in a YAML file that knows its line, so that every complaint can name it. Values have
 * YAML's own type: {@code 'true'} is no boolean, {@code 12} no text. Immutable.
 */
public final class YamlPlace {
  /** Makes the exception that a file is refused with. */
  @FunctionalInterface
  public interface Refusal {
    /**
     * @param origin the file's name
     * @param line the line, 0 if it is not known
     * @param problem what is wrong and where, without the file
     */
    RuntimeException of(String origin, int line, String problem);
  }

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private final String origin;
  private final String path;
  private final Node named;
  private final Node node;
  private final Refusal refusal;

  /**
   * @param named what a complaint points at: the key, if there is one
   */
  private YamlPlace(String origin, String path, Node named, Node node, Refusal refusal) {
    this.origin = origin;
    this.path = path;
    this.named = named;
    this.node = node;
    this.refusal = refusal;
  }

  /**
   * Parses a file; no key may stand twice, and there are no aliases.
   *
   * @param origin the file's name, for messages
   */
  public static YamlPlace parse(String yaml, String origin, Refusal refusal) {
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(false).setMaxAliasesForCollections(0).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> refusal.of(origin, 1, "is empty"));
      return new YamlPlace(origin, "", root, root, refusal);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw refusal.of(origin, line, "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw refusal.of(origin, 0, "is not YAML");
    }
  }

  /** The exception for something wrong here. */
  public RuntimeException refuse(String problem) {
    return refusal.of(origin, line(), (path.isEmpty() ? "" : path + ": ") + problem);
  }

  /** The line, from 1; 0 if it is not known. */
  public int line() {
    return named.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** The file's name, as messages show it. */
  public String origin() {
    return origin;
  }

  /** A text that is not blank. */
  public String text() {
    return scalar(Tag.STR, "must be a text");
  }

  /** A text that may be empty or blank. */
  public String verbatim() {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return scalar.getValue();
    }
    throw refuse("must be a text");
  }

  private String scalar(Tag type, String problem) {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(type)
        && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw refuse(problem);
  }

  public boolean bool() {
    return switch (scalar(Tag.BOOL, "must be true or false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refuse("must be true or false");
    };
  }

  public int wholeNumber() {
    try {
      return Integer.parseInt(scalar(Tag.INT, "must be a whole number"));
    } catch (NumberFormatException e) {
      throw refuse("must be a whole number");
    }
  }

  /** One of an enum's constants, in lower case. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
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

  public List<YamlPlace> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw refuse("must be a list");
    }
    List<YamlPlace> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlPlace(origin, path + "[" + items.size() + "]", item, item, refusal));
    }
    return items;
  }

  public Map<String, YamlPlace> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw refuse("must be a mapping");
    }
    Map<String, YamlPlace> members = new LinkedHashMap<>();
    for (var tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      String key = new YamlPlace(origin, path, keyNode, keyNode, refusal).text();
      String below = path.isEmpty() ? key : path + "." + key;
      YamlPlace member = new YamlPlace(origin, below, keyNode, tuple.getValueNode(), refusal);
      if (members.put(key, member) != null) {
        throw member.refuse("stands twice");
      }
    }
    return members;
  }

  public @Nullable YamlPlace find(String key) {
    return members().get(key);
  }

  public YamlPlace require(String key) {
    YamlPlace found = find(key);
    if (found == null) {
      throw refuse("'" + key + "' is missing");
    }
    return found;
  }

  /** Refuses every other key. */
  public void allowOnly(String... keys) {
    members()
        .forEach(
            (key, value) -> {
              if (!Arrays.asList(keys).contains(key)) {
                throw value.refuse("unknown key; known are " + String.join(", ", keys));
              }
            });
  }

  /** All that stands here, as JSON: for values that someone else knows the type of. */
  public JsonValue json() {
    if (node instanceof MappingNode) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members().forEach((name, member) -> members.put(name, member.json()));
      return JsonValue.object(members);
    }
    if (node instanceof SequenceNode) {
      return new JsonValue.Array(items().stream().map(YamlPlace::json).toList());
    }
    String value = ((ScalarNode) node).getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return new JsonValue.Null();
    }
    if (tag.equals(Tag.BOOL)) {
      return new JsonValue.Bool(bool());
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(value) : new JsonValue.Text(value);
  }

  /** As strict as a model's arguments: a number that a double does not hold is none. */
  private JsonValue number(String text) {
    try {
      return JSON.parse(text);
    } catch (JsonRefusedException e) {
      throw refuse("must be a number that JSON can hold");
    }
  }
}
