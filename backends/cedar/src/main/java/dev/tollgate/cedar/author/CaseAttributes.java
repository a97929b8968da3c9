package dev.tollgate.cedar.author;

import dev.tollgate.cedar.Question;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.AttributeType;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.tool.Argument;
import dev.tollgate.yaml.YamlPlace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a case says of attributes, over a question. */
final class CaseAttributes {
  private static final String ANNOTATIONS = "tool.annotations";
  private static final Set<String> OF_TOOLS = Set.of(ANNOTATIONS, "tool.definition", "tool.pinned");

  private CaseAttributes() {}

  static Question over(
      Question base,
      @Nullable YamlPlace at,
      Map<String, Argument> arguments,
      AttributeVocabulary vocabulary) {
    if (at == null) {
      return base;
    }
    Map<String, PolicyAttribute> known = new TreeMap<>();
    AttributeCatalogue.ALL.forEach(attribute -> known.put(attribute.path(), attribute));
    Map<String, Object> values = new HashMap<>();
    Map<String, String> provenance = new HashMap<>();
    at.members()
        .forEach(
            (path, place) -> {
              String argument = steering(path, place, arguments);
              if (argument != null) {
                refuseStrange(path, place.text(), place, vocabulary);
                provenance.put(argument, place.text());
                return;
              }
              PolicyAttribute attribute = known.get(path);
              if (attribute == null) {
                throw place.refuse(
                    "there is no such attribute" + CaseReader.like(path, known.keySet()));
              }
              if (attribute.record().equals("tool") && !OF_TOOLS.contains(path)) {
                throw place.refuse("comes from the manifest");
              }
              if (path.equals("agent.id") || path.equals("agent.owner")) {
                throw place.refuse("stands under agent:");
              }
              Object value = value(attribute.type(), place);
              refuseStrange(path, value, place, vocabulary);
              values.put(path, value);
            });
    refuseHalfRecords(at, values);
    return new Overlaid(base, Map.copyOf(values), Map.copyOf(provenance));
  }

  /** What the tool's server says; it may raise the effect, so the tool has to know it. */
  static Set<String> annotations(@Nullable YamlPlace attributes) {
    YamlPlace at = attributes == null ? null : attributes.find(ANNOTATIONS);
    return at == null ? Set.of() : texts(at);
  }

  private static @Nullable String steering(
      String path, YamlPlace place, Map<String, Argument> arguments) {
    String prefix = AttributeCatalogue.PROVENANCE + ".";
    if (!path.startsWith(prefix)) {
      return null;
    }
    String argument = path.substring(prefix.length());
    Set<String> steering = new TreeSet<>();
    arguments.forEach(
        (name, one) -> {
          if (one.steering()) {
            steering.add(name);
          }
        });
    if (!steering.contains(argument)) {
      throw place.refuse(
          "the tool is not steered by '" + argument + "'" + CaseReader.like(argument, steering));
    }
    return argument;
  }

  /** A case about what never is would prove nothing. */
  private static void refuseStrange(
      String path, Object value, YamlPlace at, AttributeVocabulary vocabulary) {
    Set<String> closed = vocabulary.words(path);
    if (closed != null) {
      for (Object word : value instanceof Set<?> several ? several : Set.of(value)) {
        if (!closed.contains(word)) {
          throw at.refuse(
              "never is or holds '" + word + "'; use one of " + String.join(", ", closed));
        }
      }
    }
    AttributeVocabulary.Range range = vocabulary.range(path);
    if (value instanceof Long number && (number < range.least() || number > range.most())) {
      throw at.refuse("is never " + number);
    }
  }

  /** A record that is there is there with all that always comes with it. */
  private static void refuseHalfRecords(YamlPlace at, Map<String, Object> values) {
    for (PolicyAttribute one : AttributeCatalogue.ALL) {
      boolean begun = values.keySet().stream().anyMatch(p -> p.startsWith(one.record() + "."));
      if (one.presence() == Presence.WITH_RECORD && begun && !values.containsKey(one.path())) {
        throw at.refuse(one.path() + " is missing: it always comes with its record");
      }
    }
  }

  private static Object value(AttributeType type, YamlPlace at) {
    return switch (type) {
      case TEXT, ADDRESS -> at.text();
      case YES_NO -> at.bool();
      case TEXTS -> texts(at);
      case WHOLE -> {
        if (at.json() instanceof JsonValue.Num number && number.isInteger()) {
          yield (long) number.value();
        }
        throw at.refuse("must be a whole number");
      }
    };
  }

  private static Set<String> texts(YamlPlace at) {
    Set<String> texts = new HashSet<>();
    at.items().forEach(item -> texts.add(item.text()));
    return Set.copyOf(texts);
  }

  private record Overlaid(Question base, Map<String, Object> values, Map<String, String> provenance)
      implements Question {
    @Override
    public String agent() {
      return base.agent();
    }

    @Override
    public Set<String> groups() {
      return base.groups();
    }

    @Override
    public String destination() {
      return base.destination();
    }

    @Override
    public @Nullable Object attribute(PolicyAttribute attribute) {
      Object value = values.get(attribute.path());
      return value == null ? base.attribute(attribute) : value;
    }

    @Override
    public @Nullable JsonValue argument(String name) {
      return base.argument(name);
    }

    @Override
    public @Nullable String provenance(String argument) {
      return provenance.get(argument);
    }
  }
}
