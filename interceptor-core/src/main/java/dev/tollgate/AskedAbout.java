package dev.tollgate;

import dev.tollgate.audit.AskedArgument;
import dev.tollgate.audit.AskedQuestion;
import dev.tollgate.audit.RecordWriter;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.tool.ArgumentType;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question for the audit. What the audit would cut or change is masked instead: a value on
 * record is the value that the policy saw.
 */
final class AskedAbout {

  /** Of all that is told of one question, in characters: a record must stay a short line. */
  private static final int ALL = 16 * 1024;

  /** What a reader of JSON can be relied on to read back. */
  private static final long MOST_EXACT = 1L << 53;

  private static final Object UNREADABLE = new Object();
  private static final ArgumentType[] TYPES = ArgumentType.values();
  private static final String[] PATHS =
      AttributeCatalogue.ALL.stream().map(PolicyAttribute::path).toArray(String[]::new);

  private final Map<String, Object> told = new LinkedHashMap<>();
  private final Set<String> masked = new TreeSet<>();
  private int room = ALL;

  private AskedAbout() {}

  static AskedQuestion record(PolicyRequest request, KeyedDigest digest) {
    AskedAbout about = new AskedAbout();
    String agent = request.task().agent().id();
    Set<String> groups = request.task().agent().groups();
    boolean known = about.tells(agent) && about.tells(groups);
    about.tell("resource", request.tool().destination());
    Object destination = about.told.remove("resource");
    for (int i = 0; i < PATHS.length; i++) {
      about.attribute(AttributeCatalogue.ALL.get(i), PATHS[i], request);
    }
    about.provenance(request);
    Map<String, AskedArgument> arguments = about.arguments(request, digest);
    about.masked.forEach(about.told::remove);
    if (!known) {
      about.masked.add("agent");
    }
    return new AskedQuestion(
        request.tool().name(),
        request.tool().source(),
        known ? agent : "",
        known ? groups : Set.of(),
        destination == null ? "" : (String) destination,
        AttributeCatalogue.VERSION,
        about.told,
        arguments,
        request.arguments().size() - arguments.size(),
        about.masked);
  }

  private void attribute(PolicyAttribute attribute, String path, PolicyRequest request) {
    Object value = read(attribute, request);
    if (value == null) {
      return;
    }
    if (attribute.masked() || value == UNREADABLE) {
      mask(attribute);
    } else if (tells(value)) {
      told.put(path, value);
    } else {
      mask(attribute);
    }
  }

  /** Members that come only together are masked together: whether one is there tells of all. */
  private void mask(PolicyAttribute attribute) {
    if (attribute.presence() == Presence.WITH_RECORD) {
      AttributeCatalogue.BY_RECORD
          .getOrDefault(attribute.record(), List.of())
          .forEach(one -> masked.add(one.path()));
    }
    masked.add(attribute.path());
  }

  private static @Nullable Object read(PolicyAttribute attribute, PolicyRequest request) {
    try {
      return attribute.read(request);
    } catch (RuntimeException e) {
      return UNREADABLE; // a policy that reads it will fail; one that does not is asked all the
      // same
    }
  }

  private void provenance(PolicyRequest request) {
    try {
      new TreeMap<>(request.facts().provenance())
          .forEach((argument, from) -> tell(AttributeCatalogue.PROVENANCE + "." + argument, from));
    } catch (RuntimeException e) {
      masked.add(AttributeCatalogue.PROVENANCE);
    }
  }

  private void tell(String path, Object value) {
    if (tells(path) && tells(value)) {
      told.put(path, value);
    } else {
      masked.add(path);
    }
  }

  /** Whether a value can stand on record exactly as it is. */
  private boolean tells(Object value) {
    if (value instanceof String text) {
      room -= text.length();
      return text.length() <= RecordWriter.LONGEST && room >= 0 && keeps(text);
    }
    if (value instanceof Collection<?> texts) {
      boolean all = texts.size() <= RecordWriter.MOST;
      for (Object text : texts) {
        all = all && tells(text);
      }
      return all;
    }
    boolean exact = value instanceof Long number && Math.abs(number) <= MOST_EXACT;
    return exact || value instanceof Boolean;
  }

  /** Halves of a pair are written as something else. */
  private static boolean keeps(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private Map<String, AskedArgument> arguments(PolicyRequest request, KeyedDigest digest) {
    String tenant = request.task().conversation().tenant();
    Map<String, AskedArgument> arguments = new TreeMap<>();
    for (String name : request.tool().arguments().keySet()) {
      JsonValue value = request.arguments().get(name);
      if (value == null) {
        continue;
      }
      if (arguments.size() == RecordWriter.MOST || !tells(name)) {
        masked.add(AttributeCatalogue.ARGUMENTS);
        return Map.of();
      }
      arguments.put(
          name,
          new AskedArgument(
              json(value), fits(value), digest.of(tenant, CanonicalJson.text(value))));
    }
    return arguments;
  }

  private static Set<String> fits(JsonValue value) {
    Set<String> fits = new HashSet<>();
    for (ArgumentType type : TYPES) {
      if (type.fits(value)) {
        fits.add(type.text());
      }
    }
    return fits;
  }

  private static String json(JsonValue value) {
    if (value instanceof JsonValue.Text) {
      return "string";
    }
    if (value instanceof JsonValue.Num) {
      return "number";
    }
    if (value instanceof JsonValue.Bool) {
      return "boolean";
    }
    if (value instanceof JsonValue.Array) {
      return "array";
    }
    return value instanceof JsonValue.Members ? "object" : "null";
  }
}
