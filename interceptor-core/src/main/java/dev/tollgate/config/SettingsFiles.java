package dev.tollgate.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds {@code tollgate.yaml} and flattens it into keys with dots. */
final class SettingsFiles {
  private static final String FILE = "tollgate.yaml";

  private SettingsFiles() {}

  static Settings load() {
    Map<String, String> values = new HashMap<>();
    try (InputStream resource = SettingsFiles.class.getResourceAsStream("/" + FILE)) {
      if (resource != null) {
        read(new String(resource.readAllBytes(), StandardCharsets.UTF_8), values);
      }
      if (Files.exists(Path.of(FILE))) {
        read(Files.readString(Path.of(FILE)), values);
      }
    } catch (IOException e) {
      throw new ConfigurationException(FILE, "cannot be read: " + e.getClass().getSimpleName());
    }
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("tollgate.")) {
                values.put(key.toString(), value.toString());
              }
            });
    return new Settings(values);
  }

  private static void read(String yaml, Map<String, String> into) {
    try {
      Object root =
          new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
              .loadFromString(yaml);
      if (root != null) {
        Map<String, String> found = new HashMap<>();
        flatten("", root, found);
        into.putAll(found);
      }
    } catch (YamlEngineException e) {
      throw new ConfigurationException(FILE, "is not YAML: " + e.getMessage());
    }
  }

  private static void flatten(String path, Object node, Map<String, String> into) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value != null) {
              flatten(path.isEmpty() ? String.valueOf(key) : path + "." + key, value, into);
            }
          });
    } else if (node instanceof List<?> list) {
      put(path, String.join(",", list.stream().map(String::valueOf).toList()), into);
    } else {
      put(path, String.valueOf(node), into);
    }
  }

  /** A key that is once nested and once dotted has two values, and nobody knows which one holds. */
  private static void put(String key, String value, Map<String, String> into) {
    if (into.put(key, value) != null) {
      throw new ConfigurationException(key, "stands twice in one " + FILE);
    }
  }
}
