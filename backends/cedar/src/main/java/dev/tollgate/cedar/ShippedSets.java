package dev.tollgate.cedar;

import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sets in the jar. An index names their files, since a jar cannot list an empty folder. */
final class ShippedSets {
  private static final String ROOT = "sets/";

  private ShippedSets() {}

  static Set<String> names() {
    return index().keySet();
  }

  /** The names in a list with commas; blank ones stay, so that nobody overlooks them. */
  static List<String> split(String names) {
    return Arrays.stream(names.split(",", -1)).map(String::strip).toList();
  }

  static List<PolicySource> read(String name) {
    String[] files = index().get(name);
    if (files == null) {
      throw new CedarPolicyException(
          "no policy set is called '"
              + name
              + "'; those that ship are "
              + String.join(", ", names()));
    }
    List<PolicySource> sources = new ArrayList<>();
    for (String file : files) {
      sources.add(new PolicySource(name + "/" + file, resource(name + "/" + file)));
    }
    return sources;
  }

  /** The manifest that its checks and tests use; {@code null} if it has none. */
  static @Nullable ToolManifest manifest(String name) {
    String path = name + "/" + name + ".manifest.yaml";
    return ShippedSets.class.getResource(ROOT + path) == null
        ? null
        : ToolManifest.parse(resource(path), path);
  }

  private static Map<String, String[]> index() {
    Map<String, String[]> sets = new TreeMap<>();
    resource("index")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String files = line.substring(colon + 1).strip();
              sets.put(
                  line.substring(0, colon).strip(),
                  files.isEmpty() ? new String[0] : files.split("\\s+", -1));
            });
    return sets;
  }

  private static String resource(String path) {
    try (InputStream in = ShippedSets.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new CedarPolicyException("the jar lacks " + ROOT + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CedarPolicyException("cannot read " + ROOT + path, e);
    }
  }
}
