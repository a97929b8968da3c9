package dev.tollgate.config;

import dev.tollgate.GateClock;
import dev.tollgate.bundle.BundleFile;
import dev.tollgate.bundle.BundleKey;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;

/** The manifest, from its file or from the signed bundle that brings one; and its lock. */
final class ConfiguredManifest {
  static final String KEY = "tollgate.manifest";
  static final String LOCK = "tollgate.tools-lock";
  private static final String BUNDLE = "tollgate.policy.bundle";

  private ConfiguredManifest() {}

  static ToolManifest load(Settings settings, GateClock clock) {
    return locked(manifest(settings, clock), settings);
  }

  static ToolManifest locked(ToolManifest manifest, Settings settings) {
    return settings.find(LOCK) == null
        ? manifest
        : manifest.locked(ToolLock.load(settings.path(LOCK)));
  }

  private static ToolManifest manifest(Settings settings, GateClock clock) {
    String brought = null;
    if (settings.find(BUNDLE) != null) {
      Path bundle = settings.path(BUNDLE);
      brought =
          BundleFile.verify(
                  bundle, BundleKey.read(settings.path("tollgate.policy.bundle-key")), clock.now())
              .manifest();
    }
    if (settings.find(KEY) == null) {
      return brought == null ? ToolManifest.empty() : ToolManifest.parse(brought, BUNDLE);
    }
    if (brought != null) {
      throw new ConfigurationException(KEY, "is set, but " + BUNDLE + " brings a manifest");
    }
    return ToolManifest.load(settings.path(KEY));
  }
}
