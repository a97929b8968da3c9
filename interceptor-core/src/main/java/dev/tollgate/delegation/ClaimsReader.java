package dev.tollgate.delegation;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads claims, and refuses every text that {@link ClaimsForm} would not have written of them:
 * unknown members, other types, another order. What nobody here understands cannot be ignored.
 */
final class ClaimsReader {
  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(SignedToken.LONGEST, 4 + Grant.DEEPEST + 2));

  private ClaimsReader() {}

  static DelegationClaims read(String payload) throws DelegationException {
    try {
      DelegationClaims claims = claims(JSON.parseObject(payload));
      if (ClaimsForm.write(claims).equals(payload)) {
        return claims;
      }
      throw forged();
    } catch (JsonRefusedException | IllegalArgumentException | DateTimeException e) {
      throw forged();
    }
  }

  private static DelegationClaims claims(JsonValue.Members all) throws DelegationException {
    Instant issuedAt = seconds(all, "iat");
    Instant expiresAt = seconds(all, "exp");
    JsonValue.Members bounds = object(all, "dlg");
    Grant grant =
        new Grant(
            text(bounds, "to"),
            tools(bounds),
            scopes(text(all, "scope")),
            number(bounds, "calls"),
            amounts(object(bounds, "amounts")),
            Math.toIntExact(Math.min(number(bounds, "depth"), Integer.MAX_VALUE)),
            Duration.between(issuedAt, expiresAt));
    return new DelegationClaims(
        task(all),
        text(all, "jti"),
        issuedAt,
        expiresAt,
        actors(object(all, "act")),
        grant,
        StandingForm.read(object(all, "std")),
        bounds.get("prf") == null ? null : text(bounds, "prf"));
  }

  private static DelegatedTask task(JsonValue.Members all) throws DelegationException {
    JsonValue.Members context = object(all, "tctx");
    String source = text(context, "source");
    return new DelegatedTask(
        text(all, "iss"),
        text(all, "aud"),
        text(all, "txn"),
        text(object(all, "tollgate"), "tenant"),
        text(all, "sub"),
        text(context, "intent"),
        Arrays.stream(Intent.Source.values())
            .filter(known -> known.text().equals(source))
            .findFirst()
            .orElseThrow(ClaimsReader::forged),
        text(context, "environment"),
        text(context, "conversation"),
        Instant.parse(text(context, "started")),
        Instant.parse(text(context, "ends")));
  }

  private static List<String> actors(JsonValue.Members outermost) throws DelegationException {
    List<String> actors = new ArrayList<>();
    JsonValue.Members act = outermost;
    while (true) {
      actors.add(text(act, "sub"));
      if (act.get("act") == null) {
        return actors;
      }
      act = object(act, "act");
    }
  }

  private static Set<String> tools(JsonValue.Members bounds) throws DelegationException {
    Set<String> names = new LinkedHashSet<>();
    if (!(bounds.get("tools") instanceof JsonValue.Array array)) {
      throw forged();
    }
    for (JsonValue item : array.items()) {
      if (!(item instanceof JsonValue.Text name)) {
        throw forged();
      }
      names.add(name.value());
    }
    return names;
  }

  private static Set<String> scopes(String joined) {
    return joined.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(joined.split(" ", -1)));
  }

  private static Map<String, Long> amounts(JsonValue.Members members) {
    Map<String, Long> amounts = new HashMap<>();
    members.forEach((name, value) -> amounts.put(name, whole(value)));
    return amounts;
  }

  private static Instant seconds(JsonValue.Members members, String name) {
    return Instant.ofEpochSecond(number(members, name));
  }

  private static long number(JsonValue.Members members, String name) {
    return whole(members.get(name));
  }

  private static long whole(@Nullable JsonValue value) {
    if (value instanceof JsonValue.Num number && number.isInteger()) {
      return (long) number.value();
    }
    throw new IllegalArgumentException("not a whole number");
  }

  private static String text(JsonValue.Members members, String name) throws DelegationException {
    if (members.get(name) instanceof JsonValue.Text text) {
      return text.value();
    }
    throw forged();
  }

  private static JsonValue.Members object(JsonValue.Members members, String name)
      throws DelegationException {
    if (members.get(name) instanceof JsonValue.Members object) {
      return object;
    }
    throw forged();
  }

  private static DelegationException forged() {
    return new DelegationException(ReasonCode.DELEGATION_FORGED, "the claims are no delegation");
  }
}
