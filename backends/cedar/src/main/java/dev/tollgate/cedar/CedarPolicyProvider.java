package dev.tollgate.cedar;

import com.cedarpolicy.loader.LibraryLoader;
import dev.tollgate.GateClock;
import dev.tollgate.bundle.BundleKey;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.PolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.CeilingDecisionPoint;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyOrigin;
import dev.tollgate.policy.ReloadSettings;
import dev.tollgate.policy.ReloadingDecisionPoint;
import dev.tollgate.policy.ShadowedDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the Cedar decision point from {@code tollgate.policy.*}. */
public final class CedarPolicyProvider implements PolicyProvider {
  private static final String SET = "tollgate.policy.set";
  private static final String FOLDER = "tollgate.policy.folder";
  private static final String BUNDLE = "tollgate.policy.bundle";
  private static final String BUNDLE_KEY = "tollgate.policy.bundle-key";
  private static final String RELOAD = "tollgate.policy.reload";
  private static final String MAX_AGE = "tollgate.policy.max-age";
  private static final String CEILING = "tollgate.policy.ceiling";
  private static final String SHADOW = "tollgate.policy.shadow";
  private static final String REHEARSAL = "@id(\"rehearsal\") permit(principal, action, resource);";

  @Override
  public String name() {
    return CedarPolicyDecisionPoint.NAME;
  }

  @Override
  public Iterable<String> keys() {
    return List.of(SET, FOLDER, BUNDLE, BUNDLE_KEY, RELOAD, MAX_AGE, CEILING, SHADOW);
  }

  /** Not a bundle, since it is signed; not the shadow, since it decides nothing. */
  @Override
  public Map<String, Path> places(Settings settings) {
    Map<String, Path> places = new LinkedHashMap<>();
    for (String key : List.of(FOLDER, BUNDLE_KEY, CEILING)) {
      String value = settings.find(key);
      if (value != null
          && !(key.equals(CEILING)
              && (CedarPolicySet.ships(value) || Files.isRegularFile(Path.of(value))))) {
        places.put(key, Path.of(value));
      }
    }
    return places;
  }

  /**
   * Unpacks and loads the library. Cedar's classes ask for it again when they are initialised, and
   * then wait for this at the loader's own lock; nothing here waits for one of them.
   */
  @Override
  public void prepare() {
    LibraryLoader.loadLibrary();
  }

  /** Also the JSON binding between Java and Cedar, which is found by reflection at first use. */
  @Override
  public void rehearse(ToolManifest manifest) {
    prepare();
    LoadedPolicies.load(CedarPolicySet.of("rehearsal", REHEARSAL), manifest);
  }

  @Override
  public PolicyDecisionPoint create(Settings settings, ToolManifest manifest) {
    return create(settings, manifest, GateClock.system());
  }

  PolicyDecisionPoint create(Settings settings, ToolManifest manifest, GateClock clock) {
    requireOne(settings);
    String ceiling = settings.find(CEILING);
    String shadow = settings.find(SHADOW);
    PolicyDecisionPoint above =
        ceiling == null ? null : fixed(CEILING, ceiling, settings, manifest, clock);
    PolicyDecisionPoint beside =
        shadow == null ? null : fixed(SHADOW, shadow, settings, manifest, clock);
    PolicyDecisionPoint policies = inForce(settings, manifest, clock); // last: it may have a thread
    policies = above == null ? policies : new CeilingDecisionPoint(above, policies);
    return beside == null ? policies : new ShadowedDecisionPoint(policies, beside);
  }

  private static void requireOne(Settings settings) {
    List<String> found =
        List.of(SET, FOLDER, BUNDLE).stream().filter(key -> settings.find(key) != null).toList();
    if (found.isEmpty()) {
      throw new ConfigurationException(
          SET,
          "is not set, nor are " + FOLDER + " and " + BUNDLE + "; shipped sets are " + shipped());
    }
    if (found.size() > 1) {
      throw new ConfigurationException(
          found.get(0), "and " + found.get(1) + " are both set; choose one");
    }
  }

  private static PolicyDecisionPoint inForce(
      Settings settings, ToolManifest manifest, GateClock clock) {
    ReloadSettings reload = reload(settings);
    String set = settings.find(SET);
    if (set != null) {
      if (!CedarPolicySet.ships(set)) {
        throw new ConfigurationException(
            SET, "names no shipped set, or not only such: '" + set + "'; there are " + shipped());
      }
      if (reload.every() != null) {
        throw new ConfigurationException(RELOAD, "is set, but a set that ships does not change");
      }
      return CedarPolicyDecisionPoint.load(shipped(SET, set), manifest);
    }
    PolicyOrigin origin =
        settings.find(FOLDER) != null
            ? new FolderOrigin(settings.path(FOLDER), manifest)
            : bundle(settings.path(BUNDLE), settings, manifest, clock);
    return ReloadingDecisionPoint.start(origin, reload, clock);
  }

  private static ReloadSettings reload(Settings settings) {
    if (settings.find(RELOAD) == null) {
      if (settings.find(MAX_AGE) != null) {
        throw new ConfigurationException(MAX_AGE, "is set, but " + RELOAD + " is not");
      }
      return ReloadSettings.NEVER;
    }
    Duration every = settings.duration(RELOAD, Duration.ofSeconds(30));
    Duration age = settings.duration(MAX_AGE, ReloadSettings.usualAge(every));
    try {
      return new ReloadSettings(every, age);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(RELOAD, "cannot be used: " + e.getMessage());
    }
  }

  /** Policies that stay what they are: a shipped set, a folder or a signed bundle. */
  private static PolicyDecisionPoint fixed(
      String key, String value, Settings settings, ToolManifest manifest, GateClock clock) {
    if (CedarPolicySet.ships(value)) {
      return CedarPolicyDecisionPoint.load(shipped(key, value), manifest);
    }
    Path place = Path.of(value);
    if (Files.isDirectory(place)) {
      return CedarPolicyDecisionPoint.load(CedarPolicySet.folder(place), manifest);
    }
    if (Files.isRegularFile(place)) {
      return ReloadingDecisionPoint.start(
          bundle(place, settings, manifest, clock), ReloadSettings.NEVER, clock);
    }
    throw new ConfigurationException(
        key, "names no shipped set, folder or bundle: '" + value + "'; sets are " + shipped());
  }

  private static PolicyOrigin bundle(
      Path file, Settings settings, ToolManifest manifest, GateClock clock) {
    return new BundleOrigin(file, BundleKey.read(settings.path(BUNDLE_KEY)), manifest, clock);
  }

  private static CedarPolicySet shipped(String key, String names) {
    try {
      return CedarPolicySet.shipped(names);
    } catch (CedarPolicyException e) {
      throw new ConfigurationException(key, "cannot be used: " + e.getMessage());
    }
  }

  private static String shipped() {
    return String.join(", ", CedarPolicySet.shippedNames());
  }
}
