package dev.tollgate.cedar;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.tollgate.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the arguments of a call into Cedar's values, as far as policies read them. */
final class ArgumentValues {
  /** An argument that a policy reads does not have its type. */
  static final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MismatchException() {
      super("argument type mismatch", null, false, false);
    }
  }

  private ArgumentValues() {}

  /**
   * The record of what is wanted. A JSON {@code null} is an absent argument.
   *
   * @param values finds a member's value
   */
  static CedarMap members(
      CedarType.Fields type, Function<String, @Nullable JsonValue> values, Wanted wanted)
      throws MismatchException {
    CedarMap record = new CedarMap();
    for (Map.Entry<String, CedarType.Field> entry : type.fields().entrySet()) {
      CedarType.Field field = entry.getValue();
      Wanted member = wanted.member(entry.getKey());
      if (member == null || field.type() instanceof CedarType.Opaque) {
        continue;
      }
      JsonValue value = values.apply(entry.getKey());
      if (value != null && !(value instanceof JsonValue.Null)) {
        record.put(entry.getKey(), value(field.type(), value, member));
      } else if (field.required()) {
        throw new MismatchException();
      }
    }
    return record;
  }

  private static Value value(CedarType type, JsonValue value, Wanted wanted)
      throws MismatchException {
    if (type instanceof CedarType.Plain plain) {
      return plain(plain, value);
    }
    if (type instanceof CedarType.SetOf set && value instanceof JsonValue.Array array) {
      List<Value> items = new ArrayList<>();
      for (JsonValue item : array.items()) {
        items.add(value(set.element(), item, Wanted.WHOLE));
      }
      return new CedarList(items);
    }
    if (type instanceof CedarType.Fields fields && value instanceof JsonValue.Members members) {
      if (wanted.exact()) {
        refuseMore(fields, members);
      }
      return members(fields, members::get, wanted);
    }
    throw new MismatchException();
  }

  /** What is compared as a whole must not have members that the comparison would not see. */
  private static void refuseMore(CedarType.Fields fields, JsonValue.Members members)
      throws MismatchException {
    AtomicBoolean more = new AtomicBoolean();
    members.forEach(
        (name, value) -> {
          if (!fields.fields().containsKey(name) && !(value instanceof JsonValue.Null)) {
            more.set(true);
          }
        });
    if (more.get()) {
      throw new MismatchException();
    }
  }

  private static Value plain(CedarType.Plain type, JsonValue value) throws MismatchException {
    if (type == CedarType.Plain.STRING && value instanceof JsonValue.Text text) {
      return new PrimString(text.value());
    }
    if (type == CedarType.Plain.BOOL && value instanceof JsonValue.Bool bool) {
      return new PrimBool(bool.value());
    }
    if (value instanceof JsonValue.Num number) {
      if (type == CedarType.Plain.LONG && number.isInteger()) {
        return new PrimLong((long) number.value());
      }
      if (type == CedarType.Plain.DECIMAL && number.hasFourDecimals()) {
        return new PrimString(decimal(number));
      }
    }
    throw new MismatchException();
  }

  /**
   * Cedar wants at least one digit after the point, and no exponent. It takes a text where the
   * schema says decimal, in half the time that it takes for its own way to write a decimal.
   */
  private static String decimal(JsonValue.Num number) {
    BigDecimal exact = new BigDecimal(number.canonical()).stripTrailingZeros();
    return exact.setScale(Math.max(1, exact.scale())).toPlainString();
  }
}
