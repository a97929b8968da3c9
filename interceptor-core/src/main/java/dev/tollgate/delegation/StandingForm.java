package dev.tollgate.delegation;

import dev.tollgate.json.JsonValue;
import dev.tollgate.task.HistoryForm;
import java.util.HashMap;
import java.util.Map;

/** The written form of where a task stood. */
final class StandingForm {
  private StandingForm() {}

  static JsonValue write(HandedStanding standing) {
    Map<String, JsonValue> members = new HashMap<>();
    members.put("history", HistoryForm.write(standing.history()));
    if (standing.effects() != null) {
      members.put("effects", HistoryForm.effects(standing.effects()));
    }
    return JsonValue.object(members);
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HandedStanding read(JsonValue.Members members) {
    JsonValue effects = members.get("effects");
    return new HandedStanding(
        HistoryForm.read(members.get("history")),
        effects == null ? null : HistoryForm.effects(effects));
  }
}
