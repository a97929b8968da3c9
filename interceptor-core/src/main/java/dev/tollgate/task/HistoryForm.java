package dev.tollgate.task;

import dev.tollgate.json.JsonValue;
import dev.tollgate.tool.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes with a task to where it goes on, as JSON and back. */
public final class HistoryForm {
  private HistoryForm() {}

  public static JsonValue write(TaskHistory history) {
    Map<String, JsonValue> form = new HashMap<>();
    form.put("calls", new JsonValue.Num(history.calls()));
    form.put("denials", new JsonValue.Num(history.denials()));
    form.put("warnings", new JsonValue.Num(history.warnings()));
    form.put("effects", texts(history.effects()));
    form.put("sensitivities", texts(history.sensitivities()));
    form.put("trust", texts(history.trust()));
    form.put("zones", texts(history.zones()));
    form.put("labels", texts(history.labels()));
    return JsonValue.object(form);
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if it is no history, or lacks anything
   */
  public static TaskHistory read(@Nullable JsonValue value) {
    if (!(value instanceof JsonValue.Members form)) {
      throw new IllegalArgumentException("no history");
    }
    return new TaskHistory(
        whole(form, "calls"),
        whole(form, "denials"),
        (int) Math.min(whole(form, "warnings"), Integer.MAX_VALUE),
        texts(form.get("effects")),
        texts(form.get("sensitivities")),
        texts(form.get("trust")),
        texts(form.get("zones")),
        texts(form.get("labels")));
  }

  /** Effects by their names. */
  public static JsonValue effects(Set<Effect> effects) {
    return texts(new HashSet<>(effects.stream().map(Effect::text).toList()));
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException if one is not known here
   */
  public static Set<Effect> effects(JsonValue value) {
    Set<Effect> effects = new HashSet<>();
    texts(value).forEach(name -> effects.add(Effect.valueOf(name.toUpperCase(Locale.ROOT))));
    return effects;
  }

  private static JsonValue texts(Set<String> texts) {
    return new JsonValue.Array(
        texts.stream().sorted().<JsonValue>map(JsonValue.Text::new).toList());
  }

  private static Set<String> texts(@Nullable JsonValue value) {
    Set<String> texts = new HashSet<>();
    if (!(value instanceof JsonValue.Array array)) {
      throw new IllegalArgumentException("no list");
    }
    for (JsonValue item : array.items()) {
      if (!(item instanceof JsonValue.Text text)) {
        throw new IllegalArgumentException("no text");
      }
      texts.add(text.value());
    }
    return texts;
  }

  private static long whole(JsonValue.Members form, String name) {
    if (form.get(name) instanceof JsonValue.Num number
        && number.isInteger()
        && number.value() >= 0) {
      return (long) number.value();
    }
    throw new IllegalArgumentException("no whole number");
  }
}
