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
    return new Members(
        new TreeMap<String, JsonValue>(members)
            .entrySet().stream()
                .map(member -> new JsonMember(member.getKey(), member.getValue()))
                .toArray(JsonMember[]::new));
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
    private final JsonMember[] members;

    /** Takes an array that is sorted by name, without duplicates, and that nobody else keeps. */
    Members(JsonMember[] members) {
      this.members = members;
    }

    /** The value of a member, {@code null} if there is none. */
    public @Nullable JsonValue get(String name) {
      int low = 0;
      int high = members.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = members[middle].name().compareTo(name);
        if (order == 0) {
          return members[middle].value();
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return null;
    }

    public int size() {
      return members.length;
    }

    /** Visits the members in canonical order. */
    public void forEach(BiConsumer<String, JsonValue> visitor) {
      for (JsonMember member : members) {
        visitor.accept(member.name(), member.value());
      }
    }

    String name(int at) {
      return members[at].name();
    }

    JsonValue value(int at) {
      return members[at].value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Members that && Arrays.equals(members, that.members);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(members);
    }

    /** The canonical form. */
    @Override
    public String toString() {
      return CanonicalJson.text(this);
    }
  }
}
