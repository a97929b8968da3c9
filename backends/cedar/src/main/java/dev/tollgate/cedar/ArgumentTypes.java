package dev.tollgate.cedar;

import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.ListedTool;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of a tool's arguments: from the JSON Schema that a person reviewed, below what the
 * manifest declares. Equal only to itself, so that asking for an action's slice does not compare
 * trees.
 */
final class ArgumentTypes {
  /** No argument is known. */
  static final ArgumentTypes NONE = new ArgumentTypes(CedarType.Fields.NONE, null);

  private final CedarType.Fields fields;
  private final @Nullable String why;

  private ArgumentTypes(CedarType.Fields fields, @Nullable String why) {
    this.fields = fields;
    this.why = why;
  }

  /**
   * @throws CedarPolicyException if the manifest and the schema contradict each other
   */
  static ArgumentTypes of(ListedTool tool) {
    String schema = tool.inputSchema();
    CedarType reviewed =
        schema == null || schema.isBlank() ? null : InputSchema.read(schema, tool.name());
    Map<String, CedarType.Field> fields =
        reviewed instanceof CedarType.Fields known
            ? new HashMap<>(known.fields())
            : new HashMap<>();
    for (Map.Entry<String, Argument> entry : tool.arguments().entrySet()) {
      String name = entry.getKey();
      if (InputSchema.CEDARS_OWN.contains(name)) {
        throw problem(tool, "Cedar keeps the argument name " + name + " for itself");
      }
      CedarType.Field schemas = fields.get(name);
      if (schemas == null && reviewed instanceof CedarType.Fields) {
        throw problem(
            tool,
            "the manifest declares the argument `"
                + name
                + "`, and its reviewed schema has none of that name"
                + Suggestion.of(name, fields.keySet()));
      }
      CedarType declared = type(entry.getValue().type());
      if (schemas != null && !agree(declared, schemas.type())) {
        throw problem(
            tool,
            "the manifest says that the argument `"
                + name
                + "` is of type "
                + entry.getValue().type().text()
                + ", and its reviewed schema says "
                + schemas.type().text(Wanted.KNOWN));
      }
      fields.put(name, new CedarType.Field(declared, schemas != null && schemas.required()));
    }
    return new ArgumentTypes(
        new CedarType.Fields(fields),
        reviewed instanceof CedarType.Opaque opaque ? opaque.why() : null);
  }

  private static CedarPolicyException problem(ListedTool tool, String what) {
    return new CedarPolicyException("tool '" + tool.name() + "': " + what);
  }

  /** Whoever answers for the manifest may narrow what has no one type, and widen whole numbers. */
  private static boolean agree(CedarType declared, CedarType reviewed) {
    return reviewed instanceof CedarType.Opaque
        || reviewed.equals(declared)
        || (declared == CedarType.Plain.DECIMAL && reviewed == CedarType.Plain.LONG);
  }

  private static CedarType type(ArgumentType type) {
    return switch (type) {
      case STRING -> CedarType.Plain.STRING;
      case INTEGER -> CedarType.Plain.LONG;
      case DECIMAL -> CedarType.Plain.DECIMAL;
      case BOOLEAN -> CedarType.Plain.BOOL;
      case STRINGS -> new CedarType.SetOf(CedarType.Plain.STRING);
    };
  }

  CedarType.Fields fields() {
    return fields;
  }

  /** Why no more arguments are known; {@code null} if all that the tool has are. */
  @Nullable String why() {
    return why;
  }
}
