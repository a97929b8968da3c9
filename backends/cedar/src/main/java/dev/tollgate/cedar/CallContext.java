package dev.tollgate.cedar;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.Decimal;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.tool.ArgumentType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the context of a call: only what the policies of its slice read. */
final class CallContext {
  /** An argument that a policy reads does not have its type. */
  static final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MismatchException() {
      super("argument type mismatch", null, false, false);
    }
  }

  private CallContext() {}

  static Map<String, Value> of(PolicyRequest request, ToolAction action, ContextReads reads)
      throws MismatchException {
    Map<String, Value> context = new HashMap<>();
    for (ContextAttribute one : ContextAttribute.ALL) {
      if (!reads.reads(one.attribute(), one.member())) {
        continue;
      }
      Value value = one.value().apply(request);
      if (one.member().isEmpty()) {
        context.put(one.attribute(), value);
      } else {
        ((CedarMap) context.computeIfAbsent(one.attribute(), name -> new CedarMap()))
            .put(one.member(), value);
      }
    }
    if (reads.readsAnyOf(ContextAttribute.ARGS)) {
      context.put(ContextAttribute.ARGS, arguments(request.arguments(), action, reads));
    }
    return context;
  }

  private static CedarMap arguments(
      JsonValue.Members arguments, ToolAction action, ContextReads reads) throws MismatchException {
    CedarMap values = new CedarMap();
    for (Map.Entry<String, ArgumentType> declared : action.arguments().entrySet()) {
      JsonValue value = arguments.get(declared.getKey());
      if (value == null || !reads.reads(ContextAttribute.ARGS, declared.getKey())) {
        continue;
      }
      if (!declared.getValue().fits(value)) {
        throw new MismatchException();
      }
      values.put(declared.getKey(), value(declared.getValue(), value));
    }
    return values;
  }

  private static Value value(ArgumentType type, JsonValue value) throws MismatchException {
    if (value instanceof JsonValue.Text text) {
      return new PrimString(text.value());
    }
    if (value instanceof JsonValue.Bool bool) {
      return new PrimBool(bool.value());
    }
    if (value instanceof JsonValue.Num number) {
      return type == ArgumentType.DECIMAL
          ? new Decimal(decimal(number))
          : new PrimLong((long) number.value());
    }
    if (value instanceof JsonValue.Array array) {
      List<Value> items = new ArrayList<>();
      for (JsonValue item : array.items()) {
        items.add(value(ArgumentType.STRING, item));
      }
      return new CedarList(items);
    }
    throw new MismatchException();
  }

  /** Cedar wants at least one digit after the point, and no exponent. */
  private static String decimal(JsonValue.Num number) {
    BigDecimal exact = new BigDecimal(number.canonical()).stripTrailingZeros();
    return exact.setScale(Math.max(1, exact.scale())).toPlainString();
  }
}
