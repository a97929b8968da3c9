package dev.tollgate.cedar.author;

import dev.tollgate.cedar.Masked;
import dev.tollgate.cedar.Question;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Tool;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question from the audit. Arguments are there with a stand-in of their type, and hidden; what
 * the record cannot know is hidden too, never absent.
 */
final class RecordedQuestion implements Question, Masked {
  private static final JsonValue.Members NOTHING = JsonValue.object(Map.of());
  private final JsonValue.Members record;
  private final JsonValue.Members attributes;
  private final JsonValue.Members arguments;
  private final Set<String> masked;
  private final Map<String, Argument> declared;
  private final boolean others;
  private final boolean sameCatalogue;

  /**
   * @param record the audit's record of kind {@code asked}
   * @param tool the tool, as the manifest has it now
   */
  RecordedQuestion(JsonValue.Members record, Tool tool) {
    this.record = record;
    this.attributes = members(record, "attributes");
    this.arguments = members(record, "arguments");
    this.masked = new HashSet<>(AuditedCall.texts(record, "masked"));
    this.declared = tool.arguments();
    this.others =
        !(record.get("otherArguments") instanceof JsonValue.Num number && number.value() == 0);
    this.sameCatalogue = AuditedCall.text(record, "catalogue").equals(AttributeCatalogue.VERSION);
  }

  private static JsonValue.Members members(JsonValue.Members record, String field) {
    return record.get(field) instanceof JsonValue.Members members ? members : NOTHING;
  }

  /** What of the principal and the resource is not told: then nothing can be asked again. */
  Set<String> untold() {
    Set<String> untold = new HashSet<>(Set.of("agent", "resource"));
    untold.retainAll(masked);
    return untold;
  }

  @Override
  public String agent() {
    return AuditedCall.text(record, "agent");
  }

  @Override
  public Set<String> groups() {
    return Set.copyOf(AuditedCall.texts(record, "groups"));
  }

  @Override
  public String destination() {
    return AuditedCall.text(record, "destination");
  }

  @Override
  public @Nullable Object attribute(PolicyAttribute attribute) {
    JsonValue value = attributes.get(attribute.path());
    if (value == null) {
      return null;
    }
    return switch (attribute.type()) {
      case TEXT, ADDRESS -> value instanceof JsonValue.Text text ? text.value() : null;
      case WHOLE ->
          value instanceof JsonValue.Num number && number.isInteger()
              ? (Object) (long) number.value()
              : null;
      case YES_NO -> value instanceof JsonValue.Bool bool ? (Object) bool.value() : null;
      case TEXTS ->
          value instanceof JsonValue.Array
              ? Set.copyOf(AuditedCall.texts(attributes, attribute.path()))
              : null;
    };
  }

  @Override
  public @Nullable JsonValue argument(String name) {
    Argument argument = declared.get(name);
    if (argument == null || !(arguments.get(name) instanceof JsonValue.Members told)) {
      return null;
    }
    if (AuditedCall.text(told, "json").equals("null")) {
      return new JsonValue.Null();
    }
    boolean fits = AuditedCall.texts(told, "fits").contains(argument.type().text());
    return fits ? fitting(argument.type()) : unfitting(argument.type());
  }

  private static JsonValue fitting(ArgumentType type) {
    return switch (type) {
      case STRING -> new JsonValue.Text("x");
      case INTEGER -> new JsonValue.Num(1);
      case DECIMAL -> new JsonValue.Num(0.5);
      case BOOLEAN -> new JsonValue.Bool(true);
      case STRINGS -> new JsonValue.Array(List.of());
    };
  }

  private static JsonValue unfitting(ArgumentType type) {
    return type == ArgumentType.STRING ? new JsonValue.Bool(true) : new JsonValue.Text("x");
  }

  @Override
  public @Nullable String provenance(String argument) {
    return attributes.get(AttributeCatalogue.PROVENANCE + "." + argument)
            instanceof JsonValue.Text text
        ? text.value()
        : null;
  }

  @Override
  public boolean hides(String name, @Nullable String member) {
    if (masked.contains(name)) {
      return true;
    }
    if (name.equals(AttributeCatalogue.ARGUMENTS)) {
      boolean told = member == null ? arguments.size() > 0 : arguments.get(member) != null;
      return told || others;
    }
    if (name.equals(AttributeCatalogue.PROVENANCE)) {
      return member == null
          ? masked.stream().anyMatch(path -> path.startsWith(name + "."))
          : masked.contains(name + "." + member);
    }
    return AttributeCatalogue.BY_RECORD.getOrDefault(name, List.of()).stream()
        .filter(one -> member == null || one.member().equals(member))
        .anyMatch(this::hidden);
  }

  /** Also what another version of the catalogue did not know, or read as another type. */
  private boolean hidden(PolicyAttribute one) {
    if (masked.contains(one.path())) {
      return true;
    }
    return attribute(one) == null
        && (one.presence() == Presence.ALWAYS
            || !sameCatalogue
            || attributes.get(one.path()) != null);
  }

  @Override
  public boolean doubts(String argument) {
    if (arguments.get(argument) != null) {
      return !declared.containsKey(argument); // of which only a reviewed schema knows the type
    }
    return others || masked.contains(AttributeCatalogue.ARGUMENTS);
  }
}
