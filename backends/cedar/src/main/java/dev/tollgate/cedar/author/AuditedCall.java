package dev.tollgate.cedar.author;

import dev.tollgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on record.
 *
 * @param id the gate's id of the call
 * @param proposed who asked for it; {@code null} if that is not on record
 * @param asked what the policy was asked; {@code null} if it was not, or that is not on record
 * @param decided what was decided; {@code null} if that is not on record
 */
public record AuditedCall(
    String id,
    JsonValue.@Nullable Members proposed,
    JsonValue.@Nullable Members asked,
    JsonValue.@Nullable Members decided) {

  /** A text field of a record; empty if it is not there. */
  public static String text(JsonValue.@Nullable Members record, String field) {
    return record != null && record.get(field) instanceof JsonValue.Text text ? text.value() : "";
  }

  /** A list of texts; empty if it is not there. */
  public static List<String> texts(JsonValue.@Nullable Members record, String field) {
    List<String> texts = new ArrayList<>();
    if (record != null && record.get(field) instanceof JsonValue.Array array) {
      for (JsonValue item : array.items()) {
        if (item instanceof JsonValue.Text text) {
          texts.add(text.value());
        }
      }
    }
    return texts;
  }

  /** The tool's name, empty if nothing tells it. */
  public String tool() {
    return text(asked == null ? proposed : asked, "tool");
  }

  AuditedCall with(String kind, JsonValue.Members record) {
    return switch (kind) {
      case "proposed" -> new AuditedCall(id, record, asked, decided);
      case "asked" -> new AuditedCall(id, proposed, record, decided);
      case "decided" -> new AuditedCall(id, proposed, asked, record);
      default -> this;
    };
  }
}
