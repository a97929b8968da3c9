package dev.tollgate.cedar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tool's JSON Schema as types for policies. What it cannot give one type is opaque, never
 * guessed: a policy that reads it does not load.
 */
final class InputSchema {
  /** Members that Cedar's JSON form keeps for itself. */
  static final Set<String> CEDARS_OWN = Set.of("__entity", "__extn", "__expr");

  private static final int MOST_PLACES = 4096; // definitions that use each other twice grow fast
  private static final CedarType.Opaque SEVERAL = new CedarType.Opaque("it has several types");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build());
  }

  /** A type, and whether {@code null} may stand for it. */
  private record Typed(CedarType type, boolean nullable) {}

  private final JsonNode root;
  private final Deque<String> following = new ArrayDeque<>();
  private int places;

  private InputSchema(JsonNode root) {
    this.root = root;
  }

  /**
   * The type of all arguments together: {@link CedarType.Fields}, or {@link CedarType.Opaque}.
   *
   * @throws CedarPolicyException if it is not JSON
   */
  static CedarType read(String schema, String tool) {
    try {
      JsonNode root = JSON.readTree(schema);
      JsonNode more = root.path("additionalProperties");
      if (root.path("type").asText().equals("object")
          && root.path("properties").isEmpty()
          && !more.isObject()
          && !more.asBoolean()) {
        return CedarType.Fields.NONE; // how most frameworks write a tool without arguments
      }
      CedarType type = new InputSchema(root).type(root).type();
      return type instanceof CedarType.Fields || type instanceof CedarType.Opaque
          ? type
          : new CedarType.Opaque("they are not an object");
    } catch (JsonProcessingException e) {
      throw new CedarPolicyException("tool '" + tool + "': its input schema is not JSON");
    }
  }

  private Typed type(JsonNode schema) {
    if (++places > MOST_PLACES) {
      return opaque("the schema is too large");
    }
    if (schema.has("$ref")) {
      return reference(schema.path("$ref").asText());
    }
    if (schema.has("type")) {
      return byName(schema);
    }
    if (schema.has("properties")) {
      return new Typed(object(schema), false);
    }
    if (schema.has("enum")) {
      return ofValues(schema.path("enum"));
    }
    if (schema.has("const")) {
      return ofValues(JSON.createArrayNode().add(schema.path("const")));
    }
    if (schema.has("anyOf") || schema.has("oneOf")) {
      return oneOf(schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf"));
    }
    if (schema.path("allOf").size() == 1) {
      return type(schema.path("allOf").get(0));
    }
    return schema.has("items")
        ? new Typed(array(schema), false)
        : opaque(schema.has("allOf") ? "it joins several schemas" : "it has no type");
  }

  private Typed reference(String to) {
    if (!to.startsWith("#")) {
      return opaque("its type is in another document");
    }
    if (following.contains(to)) {
      return opaque("it contains itself");
    }
    JsonNode target;
    try {
      target = root.at(to.substring(1));
    } catch (IllegalArgumentException e) {
      return opaque("its type is not in the schema"); // an anchor, not a pointer
    }
    if (target.isMissingNode()) {
      return opaque("its type is not in the schema");
    }
    following.push(to);
    try {
      return type(target);
    } finally {
      following.pop();
    }
  }

  private Typed byName(JsonNode schema) {
    Set<String> names = new HashSet<>();
    JsonNode type = schema.path("type");
    (type.isArray() ? type : JSON.createArrayNode().add(type))
        .forEach(name -> names.add(name.asText()));
    boolean nullable = names.remove("null");
    if (names.contains("number")) {
      names.remove("integer"); // every integer is a number
    }
    CedarType found =
        names.size() != 1
            ? SEVERAL
            : switch (names.iterator().next()) {
              case "string" -> CedarType.Plain.STRING;
              case "integer" -> CedarType.Plain.LONG;
              case "number" -> CedarType.Plain.DECIMAL;
              case "boolean" -> CedarType.Plain.BOOL;
              case "array" -> array(schema);
              case "object" -> object(schema);
              default -> new CedarType.Opaque("it has no type");
            };
    return new Typed(found, nullable);
  }

  private Typed ofValues(JsonNode values) {
    Set<CedarType> types = new HashSet<>();
    boolean nullable = false;
    for (JsonNode value : values) {
      if (value.isNull()) {
        nullable = true;
      } else {
        types.add(
            value.isTextual()
                ? CedarType.Plain.STRING
                : value.isBoolean()
                    ? CedarType.Plain.BOOL
                    : value.isIntegralNumber() ? CedarType.Plain.LONG : SEVERAL);
      }
    }
    return new Typed(types.size() == 1 ? types.iterator().next() : SEVERAL, nullable);
  }

  /** One type besides {@code null}, or alternatives that all have the same plain type. */
  private Typed oneOf(JsonNode alternatives) {
    List<CedarType> types = new ArrayList<>();
    boolean nullable = false;
    for (JsonNode alternative : alternatives) {
      if (alternative.path("type").asText().equals("null")) {
        nullable = true;
      } else {
        Typed typed = type(alternative);
        nullable |= typed.nullable();
        types.add(typed.type());
      }
    }
    boolean same =
        types.size() == 1
            || (types.stream().allMatch(CedarType.Plain.class::isInstance)
                && types.stream().distinct().count() == 1);
    return new Typed(same ? types.get(0) : SEVERAL, nullable);
  }

  private CedarType array(JsonNode schema) {
    if (!schema.path("items").isObject() || schema.has("prefixItems")) {
      return new CedarType.Opaque("its items have no type");
    }
    Typed item = type(schema.path("items"));
    if (item.nullable()) {
      return new CedarType.Opaque("its items may be null");
    }
    // A set can only be compared item by item, so an item has to be known to its last member.
    String hidden = hidden(item.type());
    return hidden == null
        ? new CedarType.SetOf(item.type())
        : new CedarType.Opaque("of its items, " + hidden);
  }

  private CedarType object(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    boolean closed = schema.path("additionalProperties").asText().equals("false");
    if (properties.isEmpty() && !closed) {
      return new CedarType.Opaque("it may have any members");
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    Map<String, CedarType.Field> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      Typed typed =
          CEDARS_OWN.contains(name)
              ? opaque("Cedar keeps its name for itself")
              : type(property.getValue());
      fields.put(
          name, new CedarType.Field(typed.type(), required.contains(name) && !typed.nullable()));
    }
    return new CedarType.Fields(fields);
  }

  /** Why a value cannot be compared as a whole; {@code null} if it can. */
  static @Nullable String hidden(CedarType type) {
    if (type instanceof CedarType.Opaque opaque) {
      return opaque.why();
    }
    if (type instanceof CedarType.Fields record) {
      for (Map.Entry<String, CedarType.Field> field : record.fields().entrySet()) {
        String hidden = hidden(field.getValue().type());
        if (hidden != null) {
          return CedarSchema.quote(field.getKey()) + " is not readable (" + hidden + ")";
        }
      }
    }
    return null;
  }

  private static Typed opaque(String why) {
    return new Typed(new CedarType.Opaque(why), false);
  }
}
