package dev.tollgate.approval;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.Basis;
import dev.tollgate.task.HistoryForm;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.Effect;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An approval as text, and back. A text that lacks anything is refused as a whole. */
final class ApprovalForm {
  private static final JsonValue NONE = new JsonValue.Null();
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16 * 1024 * 1024, 64));

  private ApprovalForm() {}

  static String write(ApprovalRequest request) {
    Map<String, JsonValue> form = new HashMap<>();
    CallBinding call = request.call();
    TaskOrigin origin = request.origin();
    Basis basis = request.basis();
    put(form, "id", request.id());
    put(form, "callId", request.callId());
    put(form, "tenant", call.tenant());
    put(form, "task", call.taskId());
    put(form, "agent", call.agent());
    put(form, "subject", call.subject());
    put(form, "tool", call.tool());
    put(form, "source", call.source());
    put(form, "definition", call.definition());
    put(form, "destination", call.destination());
    put(form, "digest", call.arguments());
    put(form, "revision", call.revision());
    put(form, "arguments", request.arguments());
    AgentIdentity agent = origin.agent();
    form.put("groups", texts(agent.groups()));
    put(form, "owner", agent.owner());
    put(form, "model", agent.model());
    put(form, "configuration", agent.configuration());
    put(form, "conversation", origin.conversation());
    put(form, "intentSource", origin.intent().source().name());
    put(form, "intent", origin.intent().text());
    Set<Effect> effects = origin.intent().effects();
    form.put("effects", effects == null ? NONE : HistoryForm.effects(effects));
    put(form, "intentDigest", origin.intentDigest());
    put(form, "environment", origin.environment());
    put(form, "startedAt", origin.startedAt().toString());
    put(form, "ends", origin.ends().toString());
    form.put("agents", texts(origin.agents()));
    form.put("delegations", texts(origin.delegations()));
    put(form, "delegation", origin.delegation());
    form.put("history", HistoryForm.write(origin.history()));
    put(form, "decider", basis.decider());
    form.put("policies", texts(basis.policies()));
    form.put("byOther", new JsonValue.Bool(request.byOther()));
    form.put("byRoles", texts(request.byRoles()));
    put(form, "askedAt", request.askedAt().toString());
    put(form, "expiresAt", request.expiresAt().toString());
    put(form, "state", request.state().name());
    put(form, "approver", request.approver());
    form.put("approverRoles", texts(request.approverRoles()));
    put(form, "answeredAt", request.answeredAt().toString());
    return CanonicalJson.text(JsonValue.object(form));
  }

  /**
   * Reads it back.
   *
   * @throws IllegalStateException if it is none; the message does not repeat it
   */
  static ApprovalRequest read(String text) {
    try {
      return read(JSON.parseObject(text));
    } catch (JsonRefusedException | RuntimeException e) {
      throw new IllegalStateException(
          "approval: a stored one cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static ApprovalRequest read(JsonValue.Members form) {
    CallBinding call =
        new CallBinding(
            text(form, "tenant"),
            text(form, "task"),
            text(form, "agent"),
            text(form, "subject"),
            text(form, "tool"),
            text(form, "source"),
            text(form, "definition"),
            text(form, "destination"),
            text(form, "digest"),
            text(form, "revision"));
    TaskOrigin origin =
        new TaskOrigin(
            new AgentIdentity(
                call.agent(),
                set(form, "groups"),
                perhaps(form, "owner"),
                perhaps(form, "model"),
                perhaps(form, "configuration")),
            text(form, "conversation"),
            new Intent(
                Intent.Source.valueOf(text(form, "intentSource")),
                text(form, "intent"),
                effects(form)),
            text(form, "intentDigest"),
            text(form, "environment"),
            Instant.parse(text(form, "startedAt")),
            Instant.parse(text(form, "ends")),
            texts(form, "agents"),
            texts(form, "delegations"),
            text(form, "delegation"),
            HistoryForm.read(member(form, "history")));
    return new ApprovalRequest(
        text(form, "id"),
        text(form, "callId"),
        call,
        text(form, "arguments"),
        origin,
        new Basis(text(form, "decider"), call.revision(), texts(form, "policies")),
        ((JsonValue.Bool) member(form, "byOther")).value(),
        set(form, "byRoles"),
        Instant.parse(text(form, "askedAt")),
        Instant.parse(text(form, "expiresAt")),
        ApprovalState.valueOf(text(form, "state")),
        text(form, "approver"),
        set(form, "approverRoles"),
        Instant.parse(text(form, "answeredAt")));
  }

  private static void put(Map<String, JsonValue> form, String name, @Nullable String text) {
    form.put(name, text == null ? NONE : new JsonValue.Text(text));
  }

  /** A text that may be missing; one that was never written is a form of another version. */
  private static @Nullable String perhaps(JsonValue.Members form, String name) {
    return member(form, name) instanceof JsonValue.Null ? null : text(form, name);
  }

  private static @Nullable Set<Effect> effects(JsonValue.Members form) {
    JsonValue effects = member(form, "effects");
    return effects instanceof JsonValue.Null ? null : HistoryForm.effects(effects);
  }

  private static JsonValue texts(Collection<String> texts) {
    return new JsonValue.Array(
        texts.stream().map(text -> (JsonValue) new JsonValue.Text(text)).toList());
  }

  private static JsonValue member(JsonValue.Members form, String name) {
    JsonValue value = form.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  private static String text(JsonValue.Members form, String name) {
    return ((JsonValue.Text) member(form, name)).value();
  }

  private static Set<String> set(JsonValue.Members form, String name) {
    return Set.copyOf(texts(form, name));
  }

  private static List<String> texts(JsonValue.Members form, String name) {
    return ((JsonValue.Array) member(form, name))
        .items().stream().map(item -> ((JsonValue.Text) item).value()).toList();
  }
}
