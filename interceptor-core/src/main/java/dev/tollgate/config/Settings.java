package dev.tollgate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tollgate.*} keys and their values, wherever they came from. Immutable. Every key is
 * listed in {@code docs/configuration.md}.
 */
public final class Settings {
  private final Map<String, String> values;

  /**
   * @param values keys with the {@code tollgate.} prefix
   */
  public Settings(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * Settings of this process: {@code tollgate.yaml} on the class path, over it the one in the
   * working folder, over both system properties.
   *
   * @throws ConfigurationException if a file is not YAML
   */
  public static Settings load() {
    return SettingsFiles.load();
  }

  /** The value of a key, {@code null} if it is not set. */
  public @Nullable String find(String key) {
    String value = values.get(key);
    return value == null || value.isBlank() ? null : value.strip();
  }

  public String get(String key, String fallback) {
    String value = find(key);
    return value == null ? fallback : value;
  }

  /**
   * The value of a key that must be set.
   *
   * @throws ConfigurationException if it is not
   */
  public String require(String key) {
    String value = find(key);
    if (value == null) {
      throw new ConfigurationException(key, "is not set");
    }
    return value;
  }

  public Path path(String key) {
    return Path.of(require(key));
  }

  /**
   * A duration as ISO 8601 ({@code PT60S}) or with a unit ({@code 60s}, {@code 500ms}, {@code 15m},
   * {@code 1d}).
   */
  public Duration duration(String key, Duration fallback) {
    String value = find(key);
    if (value == null) {
      return fallback;
    }
    Duration duration = parse(value);
    if (duration == null || duration.isNegative() || duration.isZero()) {
      throw new ConfigurationException(
          key, "must be a duration above zero such as 60s, not '" + value + "'");
    }
    return duration;
  }

  private static @Nullable Duration parse(String value) {
    try {
      if (value.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
      }
      if (value.endsWith("d") && !value.startsWith("P")) {
        return Duration.ofDays(Long.parseLong(value.substring(0, value.length() - 1)));
      }
      return Duration.parse(value.startsWith("P") ? value : "PT" + value);
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }

  public int number(String key, int fallback) {
    String value = find(key);
    try {
      return value == null ? fallback : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new ConfigurationException(key, "must be a whole number, not '" + value + "'");
    }
  }

  /** One of the given words. */
  public String oneOf(String key, String fallback, String... words) {
    String value = get(key, fallback);
    for (String word : words) {
      if (word.equals(value)) {
        return value;
      }
    }
    throw new ConfigurationException(
        key, "must be one of " + String.join(", ", words) + ", not '" + value + "'");
  }

  /** All keys that are set. */
  public Iterable<String> keys() {
    return values.keySet();
  }
}
