package dev.tollgate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tollgate.reason.ReasonCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a text once into an immutable tree, and refuses what two parsers could read differently:
 * duplicate keys, lone surrogates, numbers that a double cannot hold exactly, anything after the
 * value, NaN, comments, and anything beyond the limits. Thread-safe.
 */
public final class StrictJson {
  private final JsonFactory factory;
  private final JsonLimits limits;

  public StrictJson(JsonLimits limits) {
    this.limits = limits;
    this.factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxDepth())
                    .maxStringLength(limits.maxBytes())
                    .maxNameLength(Math.min(limits.maxBytes(), 50_000))
                    .maxNumberLength(1000)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
  }

  /** Parses a text that must be one JSON object. */
  public JsonValue.Members parseObject(String text) throws JsonRefusedException {
    if (parse(text) instanceof JsonValue.Members members) {
      return members;
    }
    throw new JsonRefusedException(ReasonCode.ARGUMENTS_NOT_AN_OBJECT, "not a JSON object");
  }

  /** Parses a text that must be one JSON value. */
  public JsonValue parse(String text) throws JsonRefusedException {
    if (text.length() > limits.maxBytes() || utf8Length(text) > limits.maxBytes()) {
      throw new JsonRefusedException(
          ReasonCode.ARGUMENTS_TOO_LARGE, "longer than " + limits.maxBytes() + " bytes");
    }
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new JsonRefusedException(ReasonCode.ARGUMENTS_MALFORMED, "empty");
      }
      JsonValue value = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonRefusedException(
            ReasonCode.ARGUMENTS_MALFORMED, "more text after the value" + where(parser));
      }
      return value;
    } catch (StreamConstraintsException e) {
      // The only constraint that the size check above leaves to Jackson, besides absurd numbers and
      // names.
      boolean depth = String.valueOf(e.getOriginalMessage()).contains("nesting depth");
      throw new JsonRefusedException(
          depth ? ReasonCode.ARGUMENTS_TOO_DEEP : ReasonCode.ARGUMENTS_TOO_LARGE,
          depth ? "nested deeper than " + limits.maxDepth() : "a name or number is too long");
    } catch (IOException | NumberFormatException e) {
      throw new JsonRefusedException(ReasonCode.ARGUMENTS_MALFORMED, "not JSON");
    }
  }

  private JsonValue value(JsonParser parser) throws IOException, JsonRefusedException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonValue.Text(wellFormed(parser.getText(), parser));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> JsonValue.Bool.TRUE;
      case VALUE_FALSE -> JsonValue.Bool.FALSE;
      case VALUE_NULL -> JsonValue.Null.INSTANCE;
      default ->
          throw new JsonRefusedException(
              ReasonCode.ARGUMENTS_MALFORMED, "unexpected token" + where(parser));
    };
  }

  private JsonValue.Members members(JsonParser parser) throws IOException, JsonRefusedException {
    MemberTable table = new MemberTable();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = wellFormed(parser.currentName(), parser);
      parser.nextToken();
      table.add(name, value(parser));
    }
    JsonValue.Members members = table.object();
    if (members == null) {
      throw new JsonRefusedException(
          ReasonCode.ARGUMENTS_DUPLICATE_KEY, "the same key twice" + where(parser));
    }
    return members;
  }

  private JsonValue.Array array(JsonParser parser) throws IOException, JsonRefusedException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new JsonValue.Array(items);
  }

  private static JsonValue.Num number(JsonParser parser) throws IOException, JsonRefusedException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 15) {
      return new JsonValue.Num(parser.getLongValue());
    }
    double decimal = shortDecimal(parser);
    if (!Double.isNaN(decimal)) {
      return new JsonValue.Num(decimal);
    }
    String text = parser.getText();
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) || !same(text, value)) {
      throw new JsonRefusedException(
          ReasonCode.ARGUMENTS_NUMBER_INEXACT, "a double cannot hold a number" + where(parser));
    }
    return new JsonValue.Num(value);
  }

  /**
   * A decimal of at most 15 digits, which a double keeps; NaN for any other number. Its digits and
   * the power of ten are exact, so that their quotient is the nearest double.
   */
  private static double shortDecimal(JsonParser parser) throws IOException {
    int length = parser.getTextLength();
    if (length > 16) {
      return Double.NaN;
    }
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    long digits = 0;
    long unit = 0;
    for (int i = from; i < from + length; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        unit *= 10;
      } else if (c == '.') {
        unit = 1;
      } else if (c != '-') {
        return Double.NaN; // it has an exponent
      }
    }
    if (unit == 0) {
      return Double.NaN; // a whole number of 16 digits
    }
    double value = (double) digits / unit;
    return text[from] == '-' ? -value : value;
  }

  /** Whether the shortest decimal of the double is the number that was written. */
  private static boolean same(String text, double value) {
    if (value == 0) {
      return isZero(text); // anything else underflowed
    }
    return new BigDecimal(text).compareTo(new BigDecimal(CanonicalNumber.format(value))) == 0;
  }

  /** Not by {@link BigDecimal}: it throws for exponents beyond an {@code int}. */
  private static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  private static String wellFormed(String text, JsonParser parser) throws JsonRefusedException {
    char before = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : 0;
      if (Character.isHighSurrogate(before) != Character.isLowSurrogate(c)) {
        throw new JsonRefusedException(
            ReasonCode.ARGUMENTS_LONE_SURROGATE, "half a surrogate pair" + where(parser));
      }
      before = c;
    }
    return text;
  }

  private static int utf8Length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return bytes;
  }

  private static String where(JsonParser parser) {
    return " at offset " + parser.currentLocation().getCharOffset();
  }
}
