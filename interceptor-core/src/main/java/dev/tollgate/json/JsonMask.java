package dev.tollgate.json;

import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks members of a JSON text by their names, at any depth, also inside strings that hold JSON
 * themselves. What cannot be read for certain is refused as a whole, and so is a string of prose
 * that quotes a name. Names match exactly, after escapes; a value that prose spells out is not
 * found. Thread-safe.
 */
public final class JsonMask {
  /** What stands in place of a value, whatever its type was. */
  public static final String MASKED = "***";

  private static final int DEEPEST_TEXT = 8;

  /** What a reader of JSON takes for another character that a name may have in it. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"/\\\\]))");

  private static final StrictJson JSON = new StrictJson(new JsonLimits(16 * 1024 * 1024, 64));

  /**
   * A masked text.
   *
   * @param text its canonical form
   * @param values how many values were masked
   */
  public record Masked(String text, long values) {
    @Override
    public String toString() {
      return "Masked[" + text.length() + " characters, " + values + " values]";
    }
  }

  private final Set<String> members;

  public JsonMask(Set<String> members) {
    this.members = Set.copyOf(members);
  }

  /**
   * Masks a text.
   *
   * @throws JsonRefusedException if it is no JSON that the strict parser takes, or a string that is
   *     none itself: in prose no member can be found
   */
  public Masked mask(String text) throws JsonRefusedException {
    Run run = new Run();
    JsonValue value = JSON.parse(text);
    if (value instanceof JsonValue.Text inner) {
      JsonValue.Text masked = run.text(inner, 0);
      if (!run.sawJson) {
        throw refused("a text and no JSON value");
      }
      return new Masked(CanonicalJson.text(masked), run.values);
    }
    return new Masked(CanonicalJson.text(run.value(value, 0)), run.values);
  }

  private static JsonRefusedException refused(String why) {
    return new JsonRefusedException(ReasonCode.RESULT_UNMASKABLE, why);
  }

  /** One text on its way through. */
  private final class Run {
    private long values;
    private boolean sawJson;

    JsonValue value(JsonValue value, int texts) throws JsonRefusedException {
      if (value instanceof JsonValue.Members object) {
        TreeMap<String, JsonValue> masked = new TreeMap<>();
        for (int i = 0; i < object.size(); i++) {
          String name = object.name(i);
          if (members.contains(name)) {
            values++;
            masked.put(name, new JsonValue.Text(MASKED));
          } else {
            masked.put(name, value(object.value(i), texts));
          }
        }
        return JsonValue.object(masked);
      }
      if (value instanceof JsonValue.Array array) {
        List<JsonValue> masked = new ArrayList<>(array.items().size());
        for (JsonValue item : array.items()) {
          masked.add(value(item, texts));
        }
        return new JsonValue.Array(masked);
      }
      return value instanceof JsonValue.Text text ? text(text, texts) : value;
    }

    /** A string may hold JSON: servers and frameworks put one into the other. */
    JsonValue.Text text(JsonValue.Text text, int texts) throws JsonRefusedException {
      String inner = text.value().strip();
      if (inner.isEmpty() || "{[\"".indexOf(inner.charAt(0)) < 0) {
        if (mayQuote(inner)) {
          throw refused("prose around what looks like JSON");
        }
        return text;
      }
      if (texts == DEEPEST_TEXT) {
        throw refused("JSON in strings, deeper than " + DEEPEST_TEXT);
      }
      JsonValue parsed;
      try {
        parsed = JSON.parse(inner);
      } catch (JsonRefusedException e) {
        if (mayHide(e, inner)) {
          throw refused("a string that looks like JSON and cannot be read");
        }
        return text;
      }
      sawJson |= !(parsed instanceof JsonValue.Text);
      long before = values;
      JsonValue masked = value(parsed, texts + 1);
      return values == before ? text : new JsonValue.Text(CanonicalJson.text(masked));
    }

    /** "[urgent] lunch?" is prose; what names a member or escapes something may be read as JSON. */
    private boolean mayHide(JsonRefusedException e, String inner) {
      return e.reason() != ReasonCode.ARGUMENTS_MALFORMED
          || inner.indexOf('\\') >= 0
          || members.stream().anyMatch(inner::contains);
    }
  }

  /** Whether prose quotes a name, also one that is written with escapes. */
  private boolean mayQuote(String prose) {
    String text = prose;
    for (int i = 0; i < DEEPEST_TEXT; i++) {
      String read = text;
      if (members.stream().anyMatch(name -> quotes(read, name))) {
        return true;
      }
      text = ESCAPE.matcher(read).replaceAll(JsonMask::character);
      if (text.equals(read)) {
        return false;
      }
    }
    return true; // whoever escapes that often hides something
  }

  private static String character(MatchResult escape) {
    String code = escape.group(1);
    char c = code == null ? escape.group(2).charAt(0) : (char) Integer.parseInt(code, 16);
    return Matcher.quoteReplacement(String.valueOf(c));
  }

  /** Whether the name stands between quotes, escaped or not. */
  private static boolean quotes(String prose, String name) {
    for (int at = prose.indexOf(name); at >= 0; at = prose.indexOf(name, at + 1)) {
      int end = at + name.length();
      if (at > 0
          && end < prose.length()
          && "\"'".indexOf(prose.charAt(at - 1)) >= 0
          && "\"'\\".indexOf(prose.charAt(end)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
