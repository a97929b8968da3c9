package dev.tollgate.tool;

import dev.tollgate.destination.TrustZones;
import dev.tollgate.yaml.YamlPlace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a manifest and refuses what it does not know, naming the line. */
final class ManifestReader {
  private static final String VERSION = "tollgate/manifest/v1";
  private final String origin;

  ManifestReader(String origin) {
    this.origin = origin;
  }

  ToolManifest read(String yaml) {
    return read(YamlPlace.parse(yaml, origin, ManifestException::new));
  }

  static ToolManifest read(YamlPlace root) {
    root.allowOnly("version", "tools", "zones");
    YamlPlace version = root.require("version");
    if (!VERSION.equals(version.text())) {
      throw version.refuse("version must be " + VERSION);
    }
    TrustZones zones = zones(root.find("zones"));
    List<ListedTool> tools = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlPlace item : root.require("tools").items()) {
      ListedTool tool = tool(item);
      if (!seen.add(tool.name() + "\0" + tool.source())) {
        throw item.refuse("tool '" + tool.name() + "' is listed twice; name different sources");
      }
      if (tool.zone() != null && !zones.names().contains(tool.zone())) {
        throw item.refuse("zone '" + tool.zone() + "' is none of " + zones.names());
      }
      tools.add(tool);
    }
    return new ToolManifest(tools, zones);
  }

  private static TrustZones zones(@Nullable YamlPlace at) {
    if (at == null) {
      return TrustZones.NONE;
    }
    Map<String, Set<String>> zones = new HashMap<>();
    at.members()
        .forEach(
            (name, places) -> {
              Set<String> entries = new TreeSet<>();
              places.items().forEach(item -> entries.add(item.text()));
              zones.put(name, entries);
            });
    try {
      return new TrustZones(zones);
    } catch (IllegalArgumentException e) {
      throw at.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static ListedTool tool(YamlPlace at) {
    at.allowOnly(
        "name",
        "source",
        "effect",
        "arguments",
        "destination",
        "sensitivity",
        "result",
        "definition",
        "credential",
        "zone",
        "legacy-secret");
    YamlPlace sensitivity = at.find("sensitivity");
    YamlPlace result = at.find("result");
    YamlPlace definition = at.find("definition");
    if (definition != null && !definition.text().matches("sha256:[A-Za-z0-9_-]{43}")) {
      throw definition.refuse("a definition is pinned as sha256:<43 characters of base64url>");
    }
    return new ListedTool(
        at.require("name").text(),
        text(at, "source"),
        at.require("effect").oneOf(Effect.class),
        arguments(at.find("arguments")),
        text(at, "destination"),
        sensitivity == null ? Sensitivity.INTERNAL : sensitivity.oneOf(Sensitivity.class),
        result == null ? ResultTrust.UNTRUSTED : result.oneOf(ResultTrust.class),
        definition == null ? null : definition.text(),
        credential(at.find("credential")),
        text(at, "zone"),
        flag(at, "legacy-secret"),
        null);
  }

  private static @Nullable String text(YamlPlace at, String key) {
    YamlPlace found = at.find(key);
    return found == null ? null : found.text();
  }

  private static boolean flag(YamlPlace at, String key) {
    YamlPlace found = at.find(key);
    return found != null && found.bool();
  }

  private static Map<String, Argument> arguments(@Nullable YamlPlace at) {
    Map<String, Argument> arguments = new HashMap<>();
    if (at != null) {
      at.members()
          .forEach(
              (name, value) -> {
                arguments.put(name, argument(value));
              });
    }
    return arguments;
  }

  private static Argument argument(YamlPlace at) {
    at.allowOnly("type", "steering", "spends", "destination");
    boolean destination = flag(at, "destination");
    try {
      return new Argument(
          at.require("type").oneOf(ArgumentType.class),
          flag(at, "steering") || destination, // where an effect goes always steers it
          text(at, "spends"),
          destination);
    } catch (IllegalArgumentException e) {
      throw at.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable CredentialNeed credential(@Nullable YamlPlace at) {
    if (at == null) {
      return null;
    }
    at.allowOnly("audience", "scopes", "origin", "lifetime-seconds");
    Set<String> scopes = new HashSet<>();
    at.require("scopes").items().forEach(item -> scopes.add(item.text()));
    YamlPlace lifetime = at.find("lifetime-seconds");
    try {
      return new CredentialNeed(
          at.require("audience").text(),
          scopes,
          URI.create(at.require("origin").text()),
          lifetime == null
              ? CredentialNeed.DEFAULT_LIFETIME
              : Duration.ofSeconds(lifetime.wholeNumber()));
    } catch (IllegalArgumentException e) {
      throw at.refuse(String.valueOf(e.getMessage()));
    }
  }
}
