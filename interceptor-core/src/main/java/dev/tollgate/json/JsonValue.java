package dev.tollgate.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  record Bool(boolean value) implements JsonValue {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);
  }

  /** {@code null}. */
  record Null() implements JsonValue {
    static final Null INSTANCE = new Null();
  }

  /** An object of these members. */
  static Members object(Map<String, ? extends JsonValue> members) {
    Map<String, JsonValue> sorted = new TreeMap<>(members);
    return new Members(
        sorted.keySet().toArray(String[]::new),
        sorted.values().toArray(JsonValue[]::new),
        sorted.size());
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
    private final int size;

    /** Takes arrays that are sorted by name, without duplicates, and that nobody else keeps. */
    Members(String[] names, JsonValue[] values, int size) {
      this.names = names;
      this.values = values;
      this.size = size;
    }

    /** The value of a member, {@code null} if there is none. */
    public @Nullable JsonValue get(String name) {
      int at = Arrays.binarySearch(names, 0, size, name);
      return at < 0 ? null : values[at];
    }

    public int size() {
      return size;
    }

    /** Visits the members in canonical order. */
    public void forEach(BiConsumer<String, JsonValue> visitor) {
      for (int i = 0; i < size; i++) {
        visitor.accept(names[i], values[i]);
      }
    }

    /**
     * The name of a member.
     *
     * @param at its place in canonical order, 0 to {@link #size} - 1
     */
    public String name(int at) {
      return names[Objects.checkIndex(at, size)];
    }

    /**
     * The value of a member.
     *
     * @param at its place in canonical order, 0 to {@link #size} - 1
     */
    public JsonValue value(int at) {
      return values[Objects.checkIndex(at, size)];
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Members that
          && Arrays.equals(names, 0, size, that.names, 0, that.size)
          && Arrays.equals(values, 0, size, that.values, 0, that.size);
    }

    @Override
    public int hashCode() {
      int hash = size;
      for (int i = 0; i < size; i++) {
        hash = 31 * (31 * hash + names[i].hashCode()) + values[i].hashCode();
      }
      return hash;
    }

    /** The canonical form. */
    @Override
    public String toString() {
      return CanonicalJson.text(this);
    }
  }
}
