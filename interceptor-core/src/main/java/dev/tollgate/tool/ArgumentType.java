package dev.tollgate.tool;

import dev.tollgate.json.JsonValue;
import java.util.Locale;

/** The type of an argument that policies may read. */
public enum ArgumentType {
  STRING,
  /** A whole number within ±2^53. */
  INTEGER,
  /** A number with at most four digits after the point. */
  DECIMAL,
  BOOLEAN,
  /** An array of strings. */
  STRINGS;

  /** The name in manifests, such as {@code string}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a value has this type. */
  public boolean fits(JsonValue value) {
    return switch (this) {
      case STRING -> value instanceof JsonValue.Text;
      case BOOLEAN -> value instanceof JsonValue.Bool;
      case INTEGER -> value instanceof JsonValue.Num number && number.isInteger();
      case DECIMAL -> value instanceof JsonValue.Num number && number.hasFourDecimals();
      case STRINGS ->
          value instanceof JsonValue.Array array
              && array.items().stream().allMatch(JsonValue.Text.class::isInstance);
    };
  }
}
