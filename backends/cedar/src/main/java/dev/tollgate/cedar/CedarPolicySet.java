package dev.tollgate.cedar;

import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Policies that belong together, not yet checked. */
public final class CedarPolicySet {
  private final String name;
  private final List<PolicySource> sources;
  private final Supplier<@Nullable ToolManifest> manifest;

  private CedarPolicySet(
      String name, List<PolicySource> sources, Supplier<@Nullable ToolManifest> manifest) {
    this.name = name;
    this.sources = List.copyOf(sources);
    this.manifest = manifest;
  }

  /**
   * All {@code *.cedar} files of a folder.
   *
   * @throws CedarPolicyException if it cannot be read, or a file is not UTF-8
   */
  public static CedarPolicySet folder(Path folder) {
    return new CedarPolicySet(
        folder.toString(), PolicyFolder.read(folder), () -> PolicyFolder.manifest(folder));
  }

  /**
   * A set that ships with Tollgate, or several of them as one.
   *
   * @param names a name, or several with commas between them
   * @throws CedarPolicyException if there is none of that name, or a name stands there twice
   */
  public static CedarPolicySet shipped(String names) {
    List<String> all = ShippedSets.split(names);
    CedarPolicySet set = one(all.get(0));
    for (String name : all.subList(1, all.size())) {
      set = set.and(one(name));
    }
    return set;
  }

  private static CedarPolicySet one(String name) {
    return new CedarPolicySet(name, ShippedSets.read(name), () -> ShippedSets.manifest(name));
  }

  /** Whether {@link #shipped(String)} knows this name, or all of these. */
  public static boolean ships(String names) {
    return ShippedSets.names().containsAll(ShippedSets.split(names));
  }

  /** The names of the sets that ship with Tollgate. */
  public static Set<String> shippedNames() {
    return ShippedSets.names();
  }

  /** One text of policies; {@code name} is what messages call it. */
  public static CedarPolicySet of(String name, String text) {
    return new CedarPolicySet(name, List.of(new PolicySource(name, text)), () -> null);
  }

  /** Texts of policies by file name; {@code name} is what messages call the set. */
  public static CedarPolicySet of(String name, Map<String, String> files) {
    List<PolicySource> sources = new ArrayList<>();
    new TreeMap<>(files)
        .forEach((file, text) -> sources.add(new PolicySource(name + "/" + file, text)));
    return new CedarPolicySet(name, sources, () -> null);
  }

  /**
   * The policies of both as one set: a {@code forbid} of either is not outvoted by a {@code permit}
   * of the other. No manifest lies beside it. Two policies with one id do not load.
   *
   * @throws CedarPolicyException if both hold the same file
   */
  public CedarPolicySet and(CedarPolicySet other) {
    Map<String, String> texts = texts();
    for (PolicySource source : other.sources) {
      if (texts.containsKey(source.name())) {
        throw new CedarPolicyException(
            source.name() + " is named twice: " + name + ", " + other.name);
      }
    }
    List<PolicySource> both = new ArrayList<>(sources);
    both.addAll(other.sources);
    return new CedarPolicySet(name + ", " + other.name, both, () -> null);
  }

  /** The set's name or folder; of several, all of them with commas. */
  public String name() {
    return name;
  }

  /** The texts of its files, by their names as messages have them. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    sources.forEach(source -> texts.put(source.name(), source.text()));
    return texts;
  }

  /**
   * The manifest that lies beside it for those who check and test it, {@code <name>.manifest.yaml};
   * the gate never reads it. {@code null} if there is none.
   *
   * @throws dev.tollgate.tool.ManifestException if it is not a manifest
   */
  public @Nullable ToolManifest manifest() {
    return manifest.get();
  }

  List<PolicySource> sources() {
    return sources;
  }
}
