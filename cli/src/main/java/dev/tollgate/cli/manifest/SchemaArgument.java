package dev.tollgate.cli.manifest;

import dev.tollgate.json.JsonValue;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.ToolDefinition;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One argument as a tool's JSON Schema has it, at its top level.
 *
 * @param type its type; {@code null} if it is none that policies can read
 * @param place whether it looks like the name of a place: an address, a host, a mailbox
 */
record SchemaArgument(@Nullable ArgumentType type, boolean place) {
  private static final Set<String> PLACE_FORMATS =
      Set.of(
          "uri",
          "uri-reference",
          "iri",
          "email",
          "idn-email",
          "hostname",
          "idn-hostname",
          "ipv4",
          "ipv6");
  private static final Set<String> PLACE_WORDS =
      Set.of(
          "url",
          "uri",
          "host",
          "hostname",
          "email",
          "mailbox",
          "recipient",
          "recipients",
          "webhook",
          "endpoint",
          "domain");
  private static final Set<String> PLACE_NAMES = Set.of("to", "cc", "bcc", "address", "server");

  /** The arguments by name; none if there is no schema that can be read. */
  static Map<String, SchemaArgument> of(ToolDefinition tool) {
    Map<String, SchemaArgument> arguments = new TreeMap<>();
    if (tool.parsedSchema() instanceof JsonValue.Members schema
        && schema.get("properties") instanceof JsonValue.Members properties) {
      properties.forEach(
          (name, says) -> {
            ArgumentType type = type(says);
            boolean text = type == ArgumentType.STRING || type == ArgumentType.STRINGS;
            arguments.put(name, new SchemaArgument(type, text && place(name, says)));
          });
    }
    return arguments;
  }

  private static @Nullable ArgumentType type(JsonValue says) {
    if (!(says instanceof JsonValue.Members schema)) {
      return null;
    }
    String type = word(schema.get("type"));
    if (type.isEmpty() && schema.get("enum") instanceof JsonValue.Array values) {
      boolean texts = values.items().stream().allMatch(JsonValue.Text.class::isInstance);
      return texts ? ArgumentType.STRING : null;
    }
    JsonValue items = schema.get("items");
    return switch (type) {
      case "string" -> ArgumentType.STRING;
      case "integer" -> ArgumentType.INTEGER;
      case "number" -> ArgumentType.DECIMAL;
      case "boolean" -> ArgumentType.BOOLEAN;
      case "array" ->
          items != null && type(items) == ArgumentType.STRING ? ArgumentType.STRINGS : null;
      default -> null;
    };
  }

  /** A type, also where null is another: {@code ["string", "null"]}. */
  private static String word(@Nullable JsonValue type) {
    if (type instanceof JsonValue.Text text) {
      return text.value();
    }
    String found = "";
    if (type instanceof JsonValue.Array several) {
      for (JsonValue one : several.items()) {
        if (one instanceof JsonValue.Text text && !text.value().equals("null")) {
          found = found.isEmpty() ? text.value() : "several";
        }
      }
    }
    return found;
  }

  private static boolean place(String name, JsonValue says) {
    JsonValue described =
        says instanceof JsonValue.Members array && array.get("items") != null
            ? array.get("items")
            : says;
    if (described instanceof JsonValue.Members schema
        && schema.get("format") instanceof JsonValue.Text format
        && PLACE_FORMATS.contains(format.value())) {
      return true;
    }
    String plain = name.toLowerCase(Locale.ROOT);
    if (PLACE_NAMES.contains(plain)) {
      return true;
    }
    for (String part : name.split("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])", -1)) {
      if (PLACE_WORDS.contains(part.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
