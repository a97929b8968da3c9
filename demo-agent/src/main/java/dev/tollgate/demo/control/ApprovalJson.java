package dev.tollgate.demo.control;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What whoever answers gets to see of a call that waits. */
final class ApprovalJson {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16 * 1024 * 1024, 500));

  private ApprovalJson() {}

  static JsonValue.Members of(ApprovalRequest request) {
    Map<String, JsonValue> shown = new TreeMap<>();
    shown.put("id", text(request.id()));
    shown.put("state", text(request.state().name().toLowerCase(Locale.ROOT)));
    shown.put("tool", text(request.call().tool()));
    shown.put("source", text(request.call().source()));
    shown.put("destination", text(request.call().destination()));
    shown.put("arguments", arguments(request));
    shown.put("subject", text(request.call().subject()));
    shown.put("agent", text(request.call().agent()));
    shown.put("agents", texts(request.origin().agents()));
    shown.put("task", text(request.call().taskId()));
    shown.put("asked", text(request.askedAt().toString()));
    shown.put("expires", text(request.expiresAt().toString()));
    shown.put("policies", texts(request.basis().policies()));
    shown.put("by_other", new JsonValue.Bool(request.byOther()));
    shown.put("by_roles", texts(request.byRoles().stream().sorted().toList()));
    return JsonValue.object(shown);
  }

  /** The tree that will run, as it was stored. */
  static JsonValue arguments(ApprovalRequest request) {
    try {
      return JSON.parse(request.arguments());
    } catch (JsonRefusedException e) {
      throw new IllegalStateException("approval " + request.id() + " holds no JSON", e);
    }
  }

  static JsonValue text(String value) {
    return new JsonValue.Text(value);
  }

  static JsonValue texts(List<String> values) {
    return new JsonValue.Array(values.stream().map(ApprovalJson::text).toList());
  }
}
