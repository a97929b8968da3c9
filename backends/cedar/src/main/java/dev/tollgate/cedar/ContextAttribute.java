package dev.tollgate.cedar;

import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One attribute of the context besides the arguments. This list is the catalogue: schema, check and
 * request are made from it.
 *
 * @param attribute the name below {@code context}
 * @param member the name below that; empty if the attribute is no record
 * @param type {@code String}, {@code Long} or {@code Bool}
 * @param value reads it from a request
 */
record ContextAttribute(
    String attribute, String member, String type, Function<PolicyRequest, Value> value) {
  /** The attribute that holds the tool's arguments. */
  static final String ARGS = "args";

  static final List<ContextAttribute> ALL =
      List.of(
          text("subject", "id", r -> Objects.requireNonNull(r.task().caller()).subject()),
          text("subject", "tenant", r -> Objects.requireNonNull(r.task().caller()).tenant()),
          text("task", "id", r -> r.task().id()),
          number("task", "ageSeconds", ContextAttribute::ageSeconds),
          text("intent", "source", r -> r.task().intent().source().text()),
          text("environment", "", r -> r.task().environment()),
          text("tool", "effect", r -> r.tool().effect().text()),
          text("tool", "sensitivity", r -> r.tool().sensitivity().text()),
          new ContextAttribute(
              "tool",
              "listed",
              "Bool",
              r -> new PrimBool(r.tool().standing() == Tool.Standing.LISTED)),
          text("tool", "definition", r -> r.tool().definitionDigest()),
          number("time", "epochSeconds", r -> r.at().getEpochSecond()),
          number("time", "hour", r -> utc(r).getHour()),
          number("time", "minute", r -> utc(r).getMinute()),
          number("time", "weekday", r -> utc(r).getDayOfWeek().getValue()));

  /** The catalogue by top-level attribute. */
  static final Map<String, List<ContextAttribute>> BY_NAME = byName();

  private static ContextAttribute text(
      String attribute, String member, Function<PolicyRequest, String> value) {
    return new ContextAttribute(
        attribute, member, "String", value.andThen(text -> (Value) new PrimString(text)));
  }

  private static ContextAttribute number(
      String attribute, String member, Function<PolicyRequest, Number> value) {
    return new ContextAttribute(
        attribute, member, "Long", value.andThen(n -> (Value) new PrimLong(n.longValue())));
  }

  private static long ageSeconds(PolicyRequest request) {
    return Duration.between(request.task().startedAt(), request.at()).toSeconds();
  }

  private static ZonedDateTime utc(PolicyRequest request) {
    return request.at().atZone(ZoneOffset.UTC);
  }

  private static Map<String, List<ContextAttribute>> byName() {
    Map<String, List<ContextAttribute>> names = new LinkedHashMap<>();
    for (ContextAttribute one : ALL) {
      names.merge(
          one.attribute,
          List.of(one),
          (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
    }
    return names;
  }
}
