package dev.tollgate.testkit.coverage;

import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one path in one case.
 *
 * @param framework such as {@code langchain4j}
 * @param line the framework's version that was on the class path
 * @param jdk the feature version of the JDK
 * @param path the way that the call took
 * @param mode {@code call} or {@code stream}
 * @param layer what governs the path, such as {@code spi} or {@code manager}; {@code aspectj} where
 *     only the weaver can, {@code none} where nothing can
 * @param woven whether the aspects were woven
 * @param given the case, a {@link CoverageCase}; {@code case} in the JSON
 * @param bodyRuns how often the tool's body ran
 * @param audited how many of these calls the audit has as dispatched
 * @param ok whether it is as it should be: without the weaver a path of its layer escapes, one of
 *     no layer always
 */
public record CoverageRow(
    String framework,
    String line,
    String jdk,
    String path,
    String mode,
    String layer,
    boolean woven,
    String given,
    int bodyRuns,
    int audited,
    boolean ok) {

  /** What the row is about: no other row of a run has the same. */
  public String key() {
    return String.join(" | ", framework, line, jdk, path, mode, woven ? "woven" : "plain", given);
  }

  /** As one line of JSON. */
  public String json() {
    return String.format(
        "{\"framework\":%s,\"line\":%s,\"jdk\":%s,\"path\":%s,\"mode\":%s,\"layer\":%s,"
            + "\"woven\":%s,\"case\":%s,\"bodyRuns\":%d,\"audited\":%d,\"ok\":%s}",
        quoted(framework),
        quoted(line),
        quoted(jdk),
        quoted(path),
        quoted(mode),
        quoted(layer),
        woven,
        quoted(given),
        bodyRuns,
        audited,
        ok);
  }

  private static String quoted(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("no text of a row needs escaping");
    }
    return '"' + text + '"';
  }

  /**
   * Reads one line of {@link #json}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static CoverageRow parse(String json) {
    try {
      JsonValue.Members row =
          new StrictJson(dev.tollgate.json.JsonLimits.DEFAULT).parseObject(json);
      return new CoverageRow(
          text(row, "framework"),
          text(row, "line"),
          text(row, "jdk"),
          text(row, "path"),
          text(row, "mode"),
          text(row, "layer"),
          flag(row, "woven"),
          text(row, "case"),
          number(row, "bodyRuns"),
          number(row, "audited"),
          flag(row, "ok"));
    } catch (JsonRefusedException e) {
      throw new IllegalArgumentException("not a row: " + json, e);
    }
  }

  private static String text(JsonValue.Members row, String name) {
    if (row.get(name) instanceof JsonValue.Text text) {
      return text.value();
    }
    throw wrong(name, row.get(name));
  }

  private static boolean flag(JsonValue.Members row, String name) {
    if (row.get(name) instanceof JsonValue.Bool bool) {
      return bool.value();
    }
    throw wrong(name, row.get(name));
  }

  private static int number(JsonValue.Members row, String name) {
    if (row.get(name) instanceof JsonValue.Num number && number.isInteger()) {
      return (int) number.value();
    }
    throw wrong(name, row.get(name));
  }

  private static IllegalArgumentException wrong(String name, @Nullable JsonValue value) {
    return new IllegalArgumentException("a row's " + name + " is " + value);
  }
}
