package dev.tollgate.tool;

import dev.tollgate.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema that a tool's arguments must fit, read when it is first asked. Equal texts are
 * equal schemas. Thread-safe.
 */
public final class ArgumentSchema {
  /** Of a tool without a schema: everything fits. */
  public static final ArgumentSchema ANY = new ArgumentSchema("");

  private final String text;
  private volatile @Nullable Map<String, SchemaRule> rules;

  private ArgumentSchema(String text) {
    this.text = text;
  }

  /**
   * The schema of a registered tool.
   *
   * @param definition one whose schema does not parse takes everything
   */
  static ArgumentSchema of(ToolDefinition definition) {
    return definition.inputSchema().isBlank() ? ANY : new ArgumentSchema(definition.inputSchema());
  }

  /**
   * Why arguments do not fit, in names of the schema: never what a model wrote, and nothing for a
   * model. {@code null} if they fit.
   *
   * <p>What frameworks take fits: a number in quotes, a number or a boolean for a text, null for
   * what is not required, members that the schema does not forbid.
   */
  public @Nullable String misfit(JsonValue.Members arguments) {
    Map<String, SchemaRule> known = rules;
    if (known == null) {
      JsonValue schema = new ToolDefinition("", "", text, "").parsedSchema();
      known = schema instanceof JsonValue.Members members ? SchemaReader.read(members) : Map.of();
      rules = known;
    }
    SchemaRule root = known.get("#");
    return root == null ? null : root.misfit(arguments, new SchemaCheck(known));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ArgumentSchema that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "ArgumentSchema[" + text.length() + " characters]";
  }
}
