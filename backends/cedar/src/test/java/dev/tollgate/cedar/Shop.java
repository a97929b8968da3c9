package dev.tollgate.cedar;

import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools whose arguments are typed by a reviewed JSON Schema. */
final class Shop {
  private static final String ORDER =
      """
      {"type": "object",
       "properties": {
         "customer": {"type": "object",
           "properties": {
             "name": {"type": "string"},
             "vip": {"type": "boolean"},
             "address": {"$ref": "#/$defs/Address"},
             "notes": {"type": "object", "additionalProperties": {"type": "string"}}},
           "required": ["name", "address"]},
         "items": {"type": "array", "items": {"type": "object",
           "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}},
           "required": ["sku", "count"]}},
         "tags": {"type": "array", "items": {"type": "string"}},
         "total": {"type": "number"},
         "coupon": {"type": ["string", "null"]},
         "spot": {"type": "object",
           "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}},
           "required": ["x", "y"]},
         "level": {"enum": [1, 2, 3]}},
       "required": ["customer", "total"],
       "$defs": {"Address": {"type": "object",
         "properties": {
           "city": {"type": "string"},
           "floor": {"type": "integer"},
           "geo": {"type": "object", "properties": {"lat": {"type": "number"}}}},
         "required": ["city"]}}}
      """;

  static final ListedTool PLACE =
      listed("order_place", "mcp:shop", Effect.PAY, ORDER, Map.of("total", decimal(true)));
  static final ListedTool FIND =
      listed(
          "order_find",
          "mcp:shop",
          Effect.READ,
          """
          {"type": "object", "properties": {
             "query": {"type": "string"},
             "page": {"type": "integer"},
             "filter": {"type": "object", "properties": {
               "open": {"type": "boolean"}, "since": {"type": "string"}}}}}
          """,
          Map.of());
  static final ListedTool SHIP =
      listed(
          "parcel_send",
          null,
          Effect.SEND,
          null,
          Map.of(
              "carrier", new Argument(ArgumentType.STRING, true),
              "weight", decimal(false),
              "fragile", new Argument(ArgumentType.BOOLEAN, false)));

  static final ToolManifest MANIFEST = new ToolManifest(List.of(PLACE, FIND, SHIP));

  private Shop() {}

  private static Argument decimal(boolean steering) {
    return new Argument(ArgumentType.DECIMAL, steering);
  }

  static ListedTool listed(
      String name,
      @Nullable String source,
      Effect effect,
      @Nullable String schema,
      Map<String, Argument> arguments) {
    return new ListedTool(
        name,
        source,
        effect,
        arguments,
        null,
        Sensitivity.INTERNAL,
        ResultTrust.UNTRUSTED,
        null,
        null,
        null,
        false,
        schema);
  }

  static Tool tool(ListedTool listed) {
    String source = listed.source() == null ? "langchain4j" : listed.source();
    return MANIFEST.describe(new ToolDefinition(listed.name(), "", "", source));
  }
}
