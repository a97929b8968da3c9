package dev.tollgate.oauth;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server wrote, read by the one strict parser: two readers must not see two things. */
final class Json {
  private static final StrictJson STRICT = new StrictJson(new JsonLimits(64 * 1024, 32));

  private Json() {}

  static JsonValue.Members object(String text) throws JsonRefusedException {
    return STRICT.parseObject(text);
  }

  /** The text, {@code null} if it is none. */
  static @Nullable String text(@Nullable JsonValue value) {
    return value instanceof JsonValue.Text text ? text.value() : null;
  }

  /** The number, {@code null} if it is none. */
  static @Nullable Double number(@Nullable JsonValue value) {
    return value instanceof JsonValue.Num number ? number.value() : null;
  }

  /**
   * Words in one text, or an array of texts that each may hold several, as servers write scopes.
   *
   * @return {@code null} if it is neither
   */
  static @Nullable Set<String> words(JsonValue value) {
    Set<String> words = new LinkedHashSet<>();
    if (value instanceof JsonValue.Array array) {
      for (JsonValue item : array.items()) {
        if (!(item instanceof JsonValue.Text text)) {
          return null;
        }
        addWords(text.value(), words);
      }
      return words;
    }
    String text = text(value);
    if (text == null) {
      return null;
    }
    addWords(text, words);
    return words;
  }

  private static void addWords(String text, Set<String> words) {
    int from = 0;
    while (from <= text.length()) {
      int space = text.indexOf(' ', from);
      int to = space < 0 ? text.length() : space;
      if (to > from) {
        words.add(text.substring(from, to));
      }
      from = to + 1;
    }
  }
}
