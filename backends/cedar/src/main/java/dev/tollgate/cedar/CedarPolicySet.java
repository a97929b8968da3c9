package dev.tollgate.cedar;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Policies that belong together, not yet checked. */
public final class CedarPolicySet {
  private final String name;
  private final List<PolicySource> sources;

  private CedarPolicySet(String name, List<PolicySource> sources) {
    this.name = name;
    this.sources = List.copyOf(sources);
  }

  /**
   * All {@code *.cedar} files of a folder.
   *
   * @throws CedarPolicyException if it cannot be read, or a file is not UTF-8
   */
  public static CedarPolicySet folder(Path folder) {
    return new CedarPolicySet(folder.toString(), PolicyFolder.read(folder));
  }

  /**
   * A set that ships with Tollgate.
   *
   * @throws CedarPolicyException if there is none of that name
   */
  public static CedarPolicySet shipped(String name) {
    return new CedarPolicySet(name, ShippedSets.read(name));
  }

  /** The names of the sets that ship with Tollgate. */
  public static Set<String> shippedNames() {
    return ShippedSets.names();
  }

  /** One text of policies; {@code name} is what messages call it. */
  public static CedarPolicySet of(String name, String text) {
    return new CedarPolicySet(name, List.of(new PolicySource(name, text)));
  }

  String name() {
    return name;
  }

  List<PolicySource> sources() {
    return sources;
  }
}
