package dev.tollgate.delegation;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The written form of the claims: those of a transaction token, {@code tollgate} for the tenant and
 * {@code dlg} for the bounds. Canonical JSON (RFC 8785), so that there is one form only.
 */
final class ClaimsForm {
  /** The greatest integer that every JSON parser reads exactly. */
  static final long GREATEST = (1L << 53) - 1;

  private ClaimsForm() {}

  static String write(DelegationClaims claims) {
    DelegatedTask task = claims.task();
    Map<String, JsonValue> members = new HashMap<>();
    members.put("iss", text(task.issuer()));
    members.put("aud", text(task.audience()));
    members.put("txn", text(task.id()));
    members.put("sub", text(task.subject()));
    members.put("req_wl", text(claims.from()));
    members.put("jti", text(claims.id()));
    members.put("iat", seconds(claims.issuedAt()));
    members.put("exp", seconds(claims.expiresAt()));
    members.put("scope", text(String.join(" ", sorted(claims.grant().scopes()))));
    members.put("act", act(claims.actors()));
    members.put("tollgate", JsonValue.object(Map.of("tenant", text(task.tenant()))));
    members.put("tctx", context(task));
    members.put("dlg", bounds(claims));
    members.put("std", StandingForm.write(claims.standing()));
    return CanonicalJson.text(JsonValue.object(members));
  }

  private static JsonValue context(DelegatedTask task) {
    return JsonValue.object(
        Map.of(
            "intent", text(task.intentDigest()),
            "source", text(task.intentSource().text()),
            "environment", text(task.environment()),
            "conversation", text(task.conversation()),
            "started", text(task.startedAt().toString()),
            "ends", text(task.endsAt().toString())));
  }

  private static JsonValue bounds(DelegationClaims claims) {
    Grant grant = claims.grant();
    Map<String, JsonValue> amounts = new HashMap<>();
    grant.amounts().forEach((name, most) -> amounts.put(name, number(most)));
    Map<String, JsonValue> members = new HashMap<>();
    members.put("to", text(grant.to()));
    members.put(
        "tools",
        new JsonValue.Array(
            sorted(grant.tools()).stream().<JsonValue>map(JsonValue.Text::new).toList()));
    members.put("calls", number(grant.calls()));
    members.put("amounts", JsonValue.object(amounts));
    members.put("depth", number(grant.depth()));
    if (claims.parent() != null) {
      members.put("prf", text(claims.parent()));
    }
    return JsonValue.object(members);
  }

  /** RFC 8693: the current actor outermost. */
  private static JsonValue act(List<String> actors) {
    Map<String, JsonValue> members = new HashMap<>();
    members.put("sub", text(actors.get(0)));
    if (actors.size() > 1) {
      members.put("act", act(actors.subList(1, actors.size())));
    }
    return JsonValue.object(members);
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static JsonValue text(String value) {
    return new JsonValue.Text(value);
  }

  private static JsonValue number(long value) {
    return new JsonValue.Num(Math.min(value, GREATEST));
  }

  private static JsonValue seconds(Instant at) {
    return new JsonValue.Num(at.getEpochSecond());
  }
}
