package dev.tollgate.cedar;

import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Policies on every attribute of the catalogue and every argument of the shop, from a seed. */
final class GeneratedTexts {
  private static final Map<String, ToolAction> ACTIONS =
      Map.of(
          "action == Action::\"order_place\"", GeneratedQuestion.action(Shop.PLACE),
          "action in Action::\"effect:pay\"", GeneratedQuestion.action(Shop.PLACE),
          "action in [Action::\"order_find\"]", GeneratedQuestion.action(Shop.FIND),
          "action in Action::\"effect:read\"", GeneratedQuestion.action(Shop.FIND),
          "action == Action::\"parcel_send\"", GeneratedQuestion.action(Shop.SHIP));
  private static final List<String> OTHERS =
      List.of(
          "action",
          "action",
          "action in Action::\"source:mcp:shop\"",
          "action in [Action::\"order_find\", Action::\"effect:send\", Action::\"unlisted\"]",
          "action in Action::\"effect:admin\"");
  private static final List<String> HEADS =
      List.of("principal", "principal == Agent::\"a\"", "principal in AgentGroup::\"b\"");

  private GeneratedTexts() {}

  static String policies(Random random, int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      boolean one = random.nextBoolean();
      List<String> heads = one ? ACTIONS.keySet().stream().sorted().toList() : OTHERS;
      String head = pick(random, heads);
      ToolAction action = ACTIONS.get(head);
      out.append(random.nextInt(4) == 0 ? "forbid (" : "permit (");
      out.append(pick(random, HEADS)).append(", ").append(head).append(", resource)\n");
      for (int n = random.nextInt(3); n >= 0; n--) {
        out.append(random.nextInt(4) == 0 ? "unless { " : "when { ");
        String condition =
            action != null && random.nextInt(3) > 0
                ? argument(random, action.arguments().fields(), "context.args", "")
                : attribute(random, action);
        // Keeps Cedar from proving that the condition is always true or always false.
        out.append("context.task.id != \"z\" && ((").append(condition);
        out.append(") || context.subject.id == \"z\") }\n");
      }
      out.append(";\n");
    }
    return out.toString();
  }

  private static String attribute(Random random, @Nullable ToolAction of) {
    if (of != null && !of.steering().isEmpty() && random.nextInt(6) == 0) {
      String name = pick(random, new ArrayList<>(of.steering()));
      return "context.provenance has " + name + " && context.provenance." + name + " == \"a\"";
    }
    PolicyAttribute one = pick(random, AttributeCatalogue.ALL);
    String record = "context." + one.record();
    String guard =
        AttributeCatalogue.always(one.record()) ? "" : "context has " + one.record() + " && ";
    if (!guard.isEmpty() && random.nextInt(4) == 0) {
      return (random.nextBoolean() ? "!" : "") + "(context has " + one.record() + ")";
    }
    if (one.member().isEmpty()) {
      return guard + compared(random, one, record);
    }
    boolean sure = one.presence() == Presence.ALWAYS || one.presence() == Presence.WITH_RECORD;
    String has = record + " has " + one.member();
    if (!sure && random.nextInt(4) == 0) {
      return guard + has;
    }
    return guard + (sure ? "" : has + " && ") + compared(random, one, record + "." + one.member());
  }

  private static String compared(Random random, PolicyAttribute attribute, String path) {
    return switch (attribute.type()) {
      case TEXT -> path + " == \"" + pick(random, GeneratedQuestion.TEXTS) + "\"";
      case WHOLE -> whole(random, path);
      case YES_NO -> random.nextBoolean() ? path : "!" + path;
      case TEXTS -> path + ".contains(\"" + pick(random, GeneratedQuestion.TEXTS) + "\")";
      case ADDRESS -> path + ".isInRange(ip(\"10.0.0.0/8\"))";
    };
  }

  /** Now and then something that overflows: a policy that fails must fail in both. */
  private static String whole(Random random, String path) {
    return random.nextInt(8) == 0
        ? path + " * 4611686018427387904 > 1"
        : path + " > " + random.nextInt(3);
  }

  private static String argument(
      Random random, CedarType.Fields fields, String path, String guards) {
    List<String> names =
        fields.fields().entrySet().stream()
            .filter(one -> !(one.getValue().type() instanceof CedarType.Opaque))
            .map(Map.Entry::getKey)
            .toList();
    String name = pick(random, names);
    CedarType type = Objects.requireNonNull(fields.fields().get(name)).type();
    String has = guards + path + " has " + name;
    String place = path + "." + name;
    if (random.nextInt(5) == 0) {
      return has;
    }
    if (type instanceof CedarType.Fields inner
        && InputSchema.hidden(inner) == null
        && inner.fields().values().stream().allMatch(CedarType.Field::required)) {
      return has + " && " + place + " == {\"x\": 1, \"y\": " + random.nextInt(3) + "}";
    }
    if (type instanceof CedarType.Fields inner) {
      return argument(random, inner, place, has + " && ");
    }
    return has + " && " + value(random, type, place);
  }

  private static String value(Random random, CedarType type, String place) {
    String text = pick(random, GeneratedQuestion.TEXTS);
    if (type instanceof CedarType.SetOf set) {
      return set.element() == CedarType.Plain.STRING
          ? place + ".contains(\"" + text + "\")"
          : place + ".contains({\"sku\": \"" + text + "\", \"count\": 1})";
    }
    return switch ((CedarType.Plain) type) {
      case STRING -> place + " like \"" + text + "*\"";
      case LONG -> whole(random, place);
      case DECIMAL -> place + ".lessThan(decimal(\"1.5\"))";
      case BOOL -> place;
    };
  }

  static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
