package dev.tollgate.tool;

import dev.tollgate.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what frameworks and MCP servers write of JSON Schema: types, members, values, alternatives,
 * references. What else a schema says is left to the tool.
 */
final class SchemaReader {
  private static final Map<String, SchemaRule.Type> TYPES = new HashMap<>();

  static {
    for (SchemaRule.Type type : SchemaRule.Type.values()) {
      TYPES.put(type.name().toLowerCase(Locale.ROOT), type);
    }
  }

  private SchemaReader() {}

  /**
   * Every definition that a reference can name, by the reference; the schema itself is {@code #}.
   */
  static Map<String, SchemaRule> read(JsonValue.Members schema) {
    Map<String, SchemaRule> found = new HashMap<>();
    for (String place : List.of("$defs", "definitions")) {
      if (schema.get(place) instanceof JsonValue.Members definitions) {
        definitions.forEach((name, rule) -> found.put("#/" + place + "/" + name, rule(rule)));
      }
    }
    found.put("#", rule(schema));
    return Map.copyOf(found);
  }

  private static SchemaRule rule(@Nullable JsonValue schema) {
    if (!(schema instanceof JsonValue.Members members)) {
      return SchemaRule.ANY;
    }
    if (members.get("$ref") instanceof JsonValue.Text reference) {
      return new SchemaRule(
          Set.of(), Set.of(), List.of(), reference.value(), List.of(), false, null);
    }
    JsonValue items = members.get("items");
    return new SchemaRule(
        types(members.get("type")),
        values(members),
        anyOf(members),
        null,
        members(members),
        members.get("additionalProperties") instanceof JsonValue.Bool more
            && !more.value()
            && members.get("patternProperties") == null,
        items == null ? null : rule(items));
  }

  private static Set<SchemaRule.Type> types(@Nullable JsonValue type) {
    Set<SchemaRule.Type> types = new LinkedHashSet<>();
    List<JsonValue> named =
        type instanceof JsonValue.Array several
            ? several.items()
            : type == null ? List.of() : List.of(type);
    for (JsonValue one : named) {
      SchemaRule.Type known = one instanceof JsonValue.Text text ? TYPES.get(text.value()) : null;
      if (known == null) {
        return Set.of(); // of a type that nobody knows nothing can be said
      }
      types.add(known);
    }
    return Set.copyOf(types);
  }

  private static Set<String> values(JsonValue.Members schema) {
    JsonValue constant = schema.get("const");
    List<JsonValue> named =
        schema.get("enum") instanceof JsonValue.Array several
            ? several.items()
            : constant == null ? List.of() : List.of(constant);
    Set<String> values = new HashSet<>();
    for (JsonValue one : named) {
      if (one instanceof JsonValue.Text text) {
        values.add(text.value());
      } else if (one instanceof JsonValue.Num number) {
        values.add(number.canonical());
      } else if (one instanceof JsonValue.Bool bool) {
        values.add(String.valueOf(bool.value()));
      } else {
        return Set.of();
      }
    }
    return Set.copyOf(values);
  }

  /** Exactly one is read as any: frameworks do not look, and the tool will. */
  private static List<SchemaRule> anyOf(JsonValue.Members schema) {
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (schema.get(keyword) instanceof JsonValue.Array several) {
        return several.items().stream().map(SchemaReader::rule).toList();
      }
    }
    return List.of();
  }

  private static List<SchemaRule.Member> members(JsonValue.Members schema) {
    Set<String> required = new LinkedHashSet<>();
    if (schema.get("required") instanceof JsonValue.Array names) {
      for (JsonValue name : names.items()) {
        if (name instanceof JsonValue.Text text) {
          required.add(text.value());
        }
      }
    }
    Map<String, JsonValue> properties = new LinkedHashMap<>();
    if (schema.get("properties") instanceof JsonValue.Members named) {
      named.forEach(properties::put);
    }
    List<SchemaRule.Member> members = new ArrayList<>();
    properties.forEach(
        (name, rule) ->
            members.add(new SchemaRule.Member(name, required.remove(name), rule(rule))));
    required.forEach(name -> members.add(new SchemaRule.Member(name, true, SchemaRule.ANY)));
    return List.copyOf(members);
  }
}
