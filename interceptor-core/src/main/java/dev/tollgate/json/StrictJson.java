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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Parses a text once into an immutable tree, and refuses what two parsers could read differently:
 * duplicate keys, lone surrogates, numbers that a double cannot hold exactly, anything after the
 * value, NaN, comments, and anything beyond the limits. Thread-safe.
 */
public final class StrictJson {
  /** UTF-16 code units, as RFC 8785 §3.2.3 sorts. */
  private static final Comparator<JsonMember> BY_NAME = Comparator.comparing(JsonMember::name);

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
    JsonMember[] found = new JsonMember[8];
    int size = 0;
    boolean sorted = true;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = wellFormed(parser.currentName(), parser);
      parser.nextToken();
      JsonMember member = new JsonMember(name, value(parser));
      if (size == found.length) {
        found = Arrays.copyOf(found, 2 * size);
      }
      sorted = sorted && (size == 0 || BY_NAME.compare(found[size - 1], member) < 0);
      found[size++] = member;
    }
    JsonMember[] members = size == found.length ? found : Arrays.copyOf(found, size);
    if (!sorted) { // or one of them stands there twice
      Arrays.sort(members, BY_NAME);
      for (int i = 1; i < size; i++) {
        if (members[i].name().equals(members[i - 1].name())) {
          throw new JsonRefusedException(
              ReasonCode.ARGUMENTS_DUPLICATE_KEY, "the same key twice" + where(parser));
        }
      }
    }
    return new JsonValue.Members(members);
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
    String text = parser.getText();
    double value = Double.parseDouble(text);
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
        && text.length() <= 16
        && text.indexOf('e') < 0
        && text.indexOf('E') < 0) {
      return new JsonValue.Num(value); // a double keeps every decimal of 15 digits
    }
    if (Double.isInfinite(value) || !same(text, value)) {
      throw new JsonRefusedException(
          ReasonCode.ARGUMENTS_NUMBER_INEXACT, "a double cannot hold a number" + where(parser));
    }
    return new JsonValue.Num(value);
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
