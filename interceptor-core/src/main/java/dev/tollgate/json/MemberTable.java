package dev.tollgate.json;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of one object while they are read, in the order in which they are met. */
final class MemberTable {
  private static final String[] NO_NAMES = {};
  private static final JsonValue[] NO_VALUES = {};
  private static final int FIRST = 8;

  /** Up to so many are sorted in place. More could be a model's, to keep the gate busy. */
  private static final int FEW = 32;

  private String[] names = NO_NAMES;
  private JsonValue[] values = NO_VALUES;
  private int size;

  void add(String name, JsonValue value) {
    if (size == names.length) {
      int more = Math.max(FIRST, 2 * size);
      names = Arrays.copyOf(names, more);
      values = Arrays.copyOf(values, more);
    }
    names[size] = name;
    values[size++] = value;
  }

  /** The object, in canonical order; {@code null} if a name stands there twice. Ends this table. */
  JsonValue.@Nullable Members object() {
    return (size > FEW ? sortedInTree() : sortedInPlace())
        ? new JsonValue.Members(names, values, size)
        : null;
  }

  private boolean sortedInPlace() {
    for (int i = 1; i < size; i++) {
      String name = names[i];
      JsonValue value = values[i];
      int at = i;
      for (; at > 0 && names[at - 1].compareTo(name) > 0; at--) {
        names[at] = names[at - 1];
        values[at] = values[at - 1];
      }
      if (at > 0 && names[at - 1].equals(name)) {
        return false;
      }
      names[at] = name;
      values[at] = value;
    }
    return true;
  }

  private boolean sortedInTree() {
    TreeMap<String, JsonValue> sorted = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      if (sorted.put(names[i], values[i]) != null) {
        return false;
      }
    }
    sorted.keySet().toArray(names);
    sorted.values().toArray(values);
    return true;
  }
}
