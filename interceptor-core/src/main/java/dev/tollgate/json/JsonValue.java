package dev.tollgate.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One immutable JSON value as {@link StrictJson} accepted it. */
public sealed interface JsonValue {

  /** A text without lone surrogates. */
  record Text(String value) implements JsonValue {}

  /**
   * A number that a double holds exactly.
   *
   * @param value the number
   */
  record Num(double value) implements JsonValue {
    public Num {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no NaN and no infinity");
      }
      value += 0.0; // -0 becomes 0: equal values have one canonical form
    }

    /** The number as an integer, if it is one that a {@code long} and a double both hold. */
    public boolean isInteger() {
      return value == Math.rint(value) && Math.abs(value) <= 9_007_199_254_740_992d;
    }

    /** Whether the number has at most four digits after the point and 14 before it. */
    public boolean hasFourDecimals() {
      return Math.abs(value) < 1e14
          && new java.math.BigDecimal(canonical()).stripTrailingZeros().scale() <= 4;
    }

    /** The canonical text of the number (RFC 8785 §3.2.2.3). */
    public String canonical() {
      return CanonicalNumber.format(value);
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Null() implements JsonValue {
    static final Null INSTANCE = new Null();
  }

  /** An object of these members. */
  static Members object(Map<String, ? extends JsonValue> members) {
    TreeMap<String, JsonValue> sorted = new TreeMap<>(members);
    return new Members(
        sorted.keySet().toArray(String[]::new), sorted.values().toArray(JsonValue[]::new));
  }

  /** An array. */
  record Array(List<JsonValue> items) implements JsonValue {
    public Array {
      items = List.copyOf(items);
    }
  }

  /**
   * An object; its members are held in the canonical order, by UTF-16 code units of their names.
   */
  final class Members implements JsonValue {
    private final String[] names;
    private final JsonValue[] values;

    /** Takes arrays that are sorted, without duplicates, and that nobody else keeps. */
    Members(String[] names, JsonValue[] values) {
      this.names = names;
      this.values = values;
    }

    /** The value of a member, {@code null} if there is none. */
    public @Nullable JsonValue get(String name) {
      int at = Arrays.binarySearch(names, name);
      return at < 0 ? null : values[at];
    }

    public int size() {
      return names.length;
    }

    /** Visits the members in canonical order. */
    public void forEach(BiConsumer<String, JsonValue> visitor) {
      for (int i = 0; i < names.length; i++) {
        visitor.accept(names[i], values[i]);
      }
    }

    String name(int at) {
      return names[at];
    }

    JsonValue value(int at) {
      return values[at];
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Members that
          && Arrays.equals(names, that.names)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    /** The canonical form. */
    @Override
    public String toString() {
      return CanonicalJson.text(this);
    }
  }
}
