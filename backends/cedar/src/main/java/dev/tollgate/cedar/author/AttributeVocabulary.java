package dev.tollgate.cedar.author;

import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.provenance.ValueOrigin;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.AnnotatedEffect;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which values an attribute can have at all, where that is closed. */
final class AttributeVocabulary {
  /** Both ends belong to it. */
  record Range(long least, long most) {
    static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static final Range COUNT = new Range(0, Long.MAX_VALUE);
  private static final Map<String, Range> RANGES =
      Map.of(
          "time.hour",
          new Range(0, 23),
          "time.minute",
          new Range(0, 59),
          "time.weekday",
          new Range(1, 7),
          "task.calls",
          COUNT,
          "task.denials",
          COUNT,
          "task.drift",
          COUNT,
          "destination.redirects",
          COUNT,
          "delegation.depth",
          new Range(1, Long.MAX_VALUE));

  private static final Set<String> ORIGINS = texts(ValueOrigin.values(), ValueOrigin::text);

  private final Map<String, Set<String>> words = new HashMap<>();

  AttributeVocabulary(ToolManifest manifest) {
    Set<String> effects = texts(Effect.values(), Effect::text);
    words.put("tool.effect", effects);
    words.put("intent.effects", effects);
    words.put("sequence.effects", effects);
    words.put("endorsement.effects", effects);
    Set<String> sensitivities = texts(Sensitivity.values(), Sensitivity::text);
    words.put("tool.sensitivity", sensitivities);
    words.put("sequence.sensitivities", sensitivities);
    words.put("sequence.trust", texts(ResultTrust.values(), ResultTrust::text));
    words.put("intent.source", texts(Intent.Source.values(), Intent.Source::text));
    Set<String> zones = new TreeSet<>(manifest.zones().names());
    for (ListedTool tool : manifest.tools()) {
      if (tool.zone() != null) {
        zones.add(tool.zone());
      }
    }
    Set<String> hints = new TreeSet<>();
    for (String hint : AnnotatedEffect.HINTS) {
      hints.add(hint + ":true");
      hints.add(hint + ":false");
    }
    words.put("tool.annotations", hints);
    words.put("destination.zones", zones);
    words.put("destination.connectedZone", zones);
    words.put("sequence.zones", zones);
  }

  /** The texts it can be, or hold if it is a set; {@code null} if they are not closed. */
  @Nullable Set<String> words(String path) {
    return path.startsWith(AttributeCatalogue.PROVENANCE + ".") ? ORIGINS : words.get(path);
  }

  /** The whole numbers it can be. */
  Range range(String path) {
    return RANGES.getOrDefault(path, Range.ANY);
  }

  private static <T> Set<String> texts(T[] values, Function<T, String> text) {
    Set<String> texts = new TreeSet<>();
    Arrays.stream(values).map(text).forEach(texts::add);
    return texts;
  }
}
