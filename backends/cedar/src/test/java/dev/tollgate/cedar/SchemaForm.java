package dev.tollgate.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Reads a Cedar schema in its JSON form, whoever made it, as one line for each attribute. */
final class SchemaForm {
  private final JsonNode namespaces;

  SchemaForm(JsonNode namespaces) {
    this.namespaces = namespaces;
  }

  /** The actions that are tools, with the record that holds their arguments. */
  Map<String, JsonNode> actions(String argumentsIn) {
    Map<String, JsonNode> actions = new TreeMap<>();
    for (JsonNode namespace : namespaces) {
      for (Map.Entry<String, JsonNode> action : namespace.path("actions").properties()) {
        JsonNode context = action.getValue().path("appliesTo").path("context");
        JsonNode arguments = context.path("attributes").path(argumentsIn);
        if (!arguments.isMissingNode()) {
          actions.put(action.getKey(), arguments);
        }
      }
    }
    return actions;
  }

  /** Its attributes by path, down to what is no record; {@code "String?"} is an optional one. */
  void attributes(String path, JsonNode type, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> one : resolved(type).path("attributes").properties()) {
      String name = path + "." + one.getKey();
      String sign = one.getValue().path("required").asBoolean(true) ? "" : "?";
      JsonNode inner = resolved(one.getValue());
      boolean record = isRecord(inner) && !inner.path("attributes").has("typeChoice0");
      into.put(name, (record ? "record" : text(one.getValue())) + sign);
      if (record) {
        attributes(name, inner, into);
      }
    }
  }

  private String text(JsonNode type) {
    JsonNode real = resolved(type);
    if (real.path("type").asText().equals("Set")) {
      return "Set<" + text(real.path("element")) + ">";
    }
    if (!isRecord(real)) {
      return named(real);
    }
    if (real.path("attributes").has("typeChoice0")) {
      StringJoiner choices = new StringJoiner(" or ");
      real.path("attributes").forEach(choice -> choices.add(text(choice)));
      return choices.toString();
    }
    Map<String, String> members = new TreeMap<>();
    attributes("", real, members);
    return members.toString().replace("{.", "{").replace(", .", ", ");
  }

  /** A plain type, or what kind of entity it is. */
  private String named(JsonNode type) {
    String name = type.path("name").asText(type.path("type").asText());
    JsonNode entity = find("entityTypes", name);
    if (entity.has("enum")) {
      return "entity of " + entity.path("enum");
    }
    if (entity.has("tags")) {
      return "entity with tags of " + text(entity.path("tags"));
    }
    return name.replaceFirst("^(__cedar|Mcp)::", "");
  }

  private JsonNode resolved(JsonNode type) {
    JsonNode common = find("commonTypes", type.path("name").asText(type.path("type").asText()));
    boolean cycle = common.toString().contains("\"name\":\"" + lastName(type) + "\"");
    return common.isMissingNode() || cycle ? type : resolved(common);
  }

  private static String lastName(JsonNode type) {
    String name = type.path("name").asText(type.path("type").asText());
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private JsonNode find(String kind, String name) {
    int colon = name.lastIndexOf("::");
    if (colon > 0) {
      return namespaces.path(name.substring(0, colon)).path(kind).path(name.substring(colon + 2));
    }
    for (JsonNode namespace : namespaces) {
      if (namespace.path(kind).has(name)) {
        return namespace.path(kind).path(name);
      }
    }
    return namespaces.path("").path(kind).path(name);
  }

  private static boolean isRecord(JsonNode type) {
    return type.path("type").asText().equals("Record");
  }
}
