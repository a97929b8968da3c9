package dev.tollgate.guard;

import dev.tollgate.Arguments;
import dev.tollgate.ToolCall;
import dev.tollgate.delegation.Grant;
import dev.tollgate.json.JsonValue;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Argument;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads out of a call's arguments what it would spend. */
final class Amounts {
  private static final BigDecimal UNIT = BigDecimal.valueOf(Grant.UNIT);

  private Amounts() {}

  /**
   * What a call would spend of each amount that a budget or a delegation limits, in
   * ten-thousandths, exactly.
   *
   * @return {@code null} if an argument that spends one of them is missing, negative, not of its
   *     type or too large to be added up
   */
  static @Nullable Map<String, Long> of(ToolCall call, Task task, Budgets budgets) {
    Map<String, Long> amounts = Map.of();
    if (task.delegation() == null && !budgets.limitsAmounts()) {
      return amounts; // what nobody limits is nobody's business
    }
    for (Map.Entry<String, Argument> argument : call.tool().arguments().entrySet()) {
      String amount = argument.getValue().spends();
      if (amount == null || (task.delegation() == null && !budgets.limits(amount))) {
        continue;
      }
      if (!(call.arguments() instanceof Arguments.Parsed parsed)) {
        return null;
      }
      JsonValue value = parsed.tree().get(argument.getKey());
      if (value == null) {
        return null;
      }
      if (amounts.isEmpty()) {
        amounts = new TreeMap<>();
      }
      if (!added(amounts, amount, argument.getValue(), value)) {
        return null;
      }
    }
    return amounts;
  }

  private static boolean added(
      Map<String, Long> amounts, String amount, Argument argument, JsonValue value) {
    if (!argument.type().fits(value)
        || !(value instanceof JsonValue.Num number)
        || number.value() < 0) {
      return false;
    }
    try {
      long more = new BigDecimal(number.canonical()).multiply(UNIT).longValueExact();
      amounts.merge(amount, more, Math::addExact);
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
