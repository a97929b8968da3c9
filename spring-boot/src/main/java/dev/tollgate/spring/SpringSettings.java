package dev.tollgate.spring;

import dev.tollgate.config.Settings;
import dev.tollgate.identity.AgentIdentity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The {@code tollgate.*} keys from wherever Spring finds properties. For the adapters, not for
 * applications. Stateless.
 */
public final class SpringSettings {
  private SpringSettings() {}

  /** All keys that the environment can list; a list becomes one value with commas. */
  public static Settings from(Environment environment) {
    Map<String, String> found =
        Binder.get(environment)
            .bind("tollgate", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
    Map<String, String> values = new TreeMap<>();
    // A list in YAML arrives as key.0, key.1 or key[0], key[1]; Tollgate's own files join it with
    // commas.
    new TreeMap<>(found)
        .forEach(
            (key, value) ->
                values.merge(
                    "tollgate." + key.replaceFirst("(\\[\\d+]|\\.\\d+)$", ""),
                    value,
                    (one, more) -> one + "," + more));
    return new Settings(values);
  }

  /** What Spring calls this application; a configured {@code tollgate.agent} wins over it. */
  public static @Nullable AgentIdentity application(Environment environment) {
    String name = environment.getProperty("spring.application.name", "");
    return name.isBlank() ? null : AgentIdentity.of(name);
  }
}
