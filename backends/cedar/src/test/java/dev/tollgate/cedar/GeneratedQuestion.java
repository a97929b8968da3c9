package dev.tollgate.cedar;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.tool.ListedTool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A question with a value for any attribute of the catalogue, present or absent, from a seed. */
record GeneratedQuestion(
    String agent,
    Set<String> groups,
    String destination,
    Map<String, Object> attributes,
    JsonValue.Members arguments,
    Map<String, String> from)
    implements Question {
  static final List<String> TEXTS = List.of("a", "b", "c");
  private static final ToolActions ALL = new ToolActions(Shop.MANIFEST);
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  static ToolAction action(ListedTool listed) {
    return ALL.of(Shop.tool(listed));
  }

  static GeneratedQuestion of(Random random, ToolAction action) {
    Map<String, Object> attributes = new HashMap<>();
    AttributeCatalogue.BY_RECORD.forEach(
        (record, members) -> {
          boolean there = random.nextBoolean();
          for (PolicyAttribute one : members) {
            boolean given =
                switch (one.presence()) {
                  case ALWAYS -> true;
                  case WITH_RECORD -> there;
                  case SOMETIMES -> random.nextBoolean();
                  case NOT_YET -> false;
                };
            if (given) {
              attributes.put(one.path(), value(random, one));
            }
          }
        });
    Map<String, String> from = new HashMap<>();
    for (String steering : action.steering()) {
      if (random.nextBoolean()) {
        from.put(steering, text(random));
      }
    }
    try {
      return new GeneratedQuestion(
          text(random),
          texts(random),
          text(random),
          attributes,
          JSON.parseObject(json(random, action.arguments().fields())),
          from);
    } catch (JsonRefusedException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Random random, PolicyAttribute one) {
    return switch (one.type()) {
      case TEXT -> text(random);
      case WHOLE -> (long) random.nextInt(4);
      case YES_NO -> random.nextBoolean();
      case TEXTS -> texts(random);
      case ADDRESS -> random.nextBoolean() ? "10.1.2.3" : "2001:db8::1";
    };
  }

  private static String json(Random random, CedarType.Fields fields) {
    StringJoiner out = new StringJoiner(",", "{", "}");
    fields
        .fields()
        .forEach(
            (name, field) -> {
              int dice = random.nextInt(4);
              if (field.required() || dice > 1) {
                out.add("\"" + name + "\":" + json(random, field.type()));
              } else if (dice == 1) {
                out.add("\"" + name + "\":null");
              }
            });
    return out.toString();
  }

  private static String json(Random random, CedarType type) {
    if (type instanceof CedarType.Fields fields) {
      return json(random, fields);
    }
    if (type instanceof CedarType.SetOf set) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      for (int n = random.nextInt(3); n > 0; n--) {
        items.add(json(random, set.element()));
      }
      return items.toString();
    }
    if (type instanceof CedarType.Plain plain) {
      return switch (plain) {
        case STRING -> "\"" + text(random) + "\"";
        case LONG -> Integer.toString(random.nextInt(3));
        case DECIMAL -> random.nextBoolean() ? "1.25" : "2";
        case BOOL -> Boolean.toString(random.nextBoolean());
      };
    }
    return "{\"any\":[null]}";
  }

  private static String text(Random random) {
    return GeneratedTexts.pick(random, TEXTS);
  }

  private static Set<String> texts(Random random) {
    Set<String> texts = new HashSet<>(TEXTS);
    texts.removeIf(text -> random.nextBoolean());
    return texts;
  }

  @Override
  public @Nullable Object attribute(PolicyAttribute attribute) {
    return attributes.get(attribute.path());
  }

  @Override
  public @Nullable JsonValue argument(String name) {
    return arguments.get(name);
  }

  @Override
  public @Nullable String provenance(String argument) {
    return from.get(argument);
  }
}
