package dev.tollgate.tool;

import dev.tollgate.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one place of a schema demands of a value. A misfit is told by names of the schema, never by
 * what a model wrote. Immutable.
 *
 * @param types the types it may have; empty for any
 * @param values the scalars it may be, as text; empty for any
 * @param anyOf of which one must fit; empty if there are none
 * @param reference a definition that it must fit instead; {@code null} for none
 * @param members what an object may or must have
 * @param closed whether an object may have no other members
 * @param items what each item of an array must fit; {@code null} for anything
 */
record SchemaRule(
    Set<Type> types,
    Set<String> values,
    List<SchemaRule> anyOf,
    @Nullable String reference,
    List<Member> members,
    boolean closed,
    @Nullable SchemaRule items) {
  static final SchemaRule ANY =
      new SchemaRule(Set.of(), Set.of(), List.of(), null, List.of(), false, null);

  /** More than that is no number that a tool means, and costs memory to make a whole one of. */
  private static final int DIGITS = 64;

  enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY,
    OBJECT,
    NULL
  }

  record Member(String name, boolean required, SchemaRule rule) {}

  /** Why a value does not fit; {@code null} if it does. */
  @Nullable String misfit(JsonValue value, SchemaCheck check) {
    if (!check.enter()) {
      return "too complex to check";
    }
    String misfit = judged(value, check);
    check.leave();
    return misfit;
  }

  private @Nullable String judged(JsonValue value, SchemaCheck check) {
    if (reference != null) {
      return check.definition(reference).misfit(value, check);
    }
    if (!anyOf.isEmpty() && !fitsAny(value, check)) {
      return "fits none of its alternatives";
    }
    if (!types.isEmpty() && !hasType(value)) {
      return "not " + types.toString().toLowerCase(Locale.ROOT);
    }
    if (!values.isEmpty() && !isOneOf(value)) {
      return "not one of its values";
    }
    if (value instanceof JsonValue.Members object) {
      return misfit(object, check);
    }
    return value instanceof JsonValue.Array array ? misfit(array, check) : null;
  }

  private boolean fitsAny(JsonValue value, SchemaCheck check) {
    for (SchemaRule one : anyOf) {
      if (one.misfit(value, check) == null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String misfit(JsonValue.Members object, SchemaCheck check) {
    int known = 0;
    for (Member member : members) {
      JsonValue value = object.get(member.name);
      if (value != null) {
        known++;
      }
      if (value == null || value instanceof JsonValue.Null) {
        // Frameworks read null as "left out"; a tool that takes null says so.
        if (member.required && (value == null || !member.rule.takesNull(check))) {
          return member.name + ": missing";
        }
        continue;
      }
      String misfit = member.rule.misfit(value, check);
      if (misfit != null) {
        return member.name + ": " + misfit;
      }
    }
    return closed && object.size() > known ? "has a member that is not in the schema" : null;
  }

  private @Nullable String misfit(JsonValue.Array array, SchemaCheck check) {
    if (items != null) {
      for (JsonValue item : array.items()) {
        String misfit = item instanceof JsonValue.Null ? null : items.misfit(item, check);
        if (misfit != null) {
          return "an item: " + misfit;
        }
      }
    }
    return null;
  }

  private boolean takesNull(SchemaCheck check) {
    return misfit(new JsonValue.Null(), check) == null;
  }

  private boolean hasType(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return types.contains(Type.STRING)
          || ((types.contains(Type.NUMBER) || types.contains(Type.INTEGER))
              && isNumber(text.value()));
    }
    if (value instanceof JsonValue.Num number) {
      return types.contains(Type.NUMBER)
          || types.contains(Type.STRING) // both frameworks write it as text
          || (types.contains(Type.INTEGER) && number.value() == Math.rint(number.value()));
    }
    if (value instanceof JsonValue.Bool) {
      return types.contains(Type.BOOLEAN) || types.contains(Type.STRING);
    }
    if (value instanceof JsonValue.Array) {
      return types.contains(Type.ARRAY);
    }
    return types.contains(value instanceof JsonValue.Members ? Type.OBJECT : Type.NULL);
  }

  /** Models quote numbers, and frameworks take them so. */
  private boolean isNumber(String text) {
    try {
      BigDecimal number = text.length() > DIGITS ? null : new BigDecimal(text.trim());
      return number != null
          && Math.abs((long) number.precision() - number.scale()) <= DIGITS
          && (types.contains(Type.NUMBER) || number.stripTrailingZeros().scale() <= 0);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean isOneOf(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return values.contains(text.value()); // in no other case: a policy compares letters, too
    }
    if (value instanceof JsonValue.Num number) {
      return values.contains(number.canonical());
    }
    if (value instanceof JsonValue.Bool bool) {
      return values.contains(String.valueOf(bool.value()));
    }
    return value instanceof JsonValue.Null && types.contains(Type.NULL);
  }
}
