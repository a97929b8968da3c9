package dev.tollgate.demo.office;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What the office accepts in a request; all else is answered with 400. */
final class Inputs {
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Inputs() {}

  static void text(String field, @Nullable String value, int maxLength) {
    require(value != null && !value.isBlank() && value.length() <= maxLength, field);
  }

  static void iban(@Nullable String value) {
    require(value != null && IBAN.matcher(value).matches(), "iban");
  }

  static void amount(@Nullable BigDecimal value) {
    require(value != null && value.signum() > 0 && value.scale() <= 2, "amount");
  }

  static String fileName(String value) {
    require(FILE_NAME.matcher(value).matches(), "name");
    return value;
  }

  private static void require(boolean good, String field) {
    if (!good) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "missing or bad: " + field);
    }
  }
}
