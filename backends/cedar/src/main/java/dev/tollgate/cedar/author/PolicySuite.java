package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.PolicySummary;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy set and its test cases. Immutable and thread-safe. */
public final class PolicySuite {
  private final String name;
  private final List<CaseFile> files;

  PolicySuite(String name, List<CaseFile> files) {
    this.name = name;
    this.files = List.copyOf(files);
  }

  /**
   * A set that ships with Tollgate, and the cases that ship with it.
   *
   * @throws dev.tollgate.cedar.CedarPolicyException if it does not load
   * @throws CaseFileException if its cases do not
   */
  public static PolicySuite shipped(String name) {
    return ShippedCases.suite(name, CedarPolicySet.shipped(name));
  }

  /**
   * The policies of a folder, and the cases in {@code *.cases.yaml} beside them or {@code
   * tests/*.yaml} below. A suite without cases is one without files.
   *
   * @param manifest for cases that name none; {@code null} for the one that lies beside the
   *     policies
   * @throws dev.tollgate.cedar.CedarPolicyException if the policies do not load
   * @throws dev.tollgate.tool.ManifestException if the manifest does not
   * @throws CaseFileException if the cases do not
   */
  public static PolicySuite folder(Path folder, @Nullable Path manifest) {
    return folder(folder, manifest == null ? null : ToolManifest.load(manifest), null);
  }

  /**
   * The same with a manifest that is loaded, and with a lock.
   *
   * @param lock what may run, for all cases but those with a manifest in their own file; {@code
   *     null} if that is anything
   */
  public static PolicySuite folder(
      Path folder, @Nullable ToolManifest manifest, @Nullable ToolLock lock) {
    return CaseFolder.suite(folder, manifest, lock);
  }

  /**
   * A set from anywhere, with one text of cases.
   *
   * @param origin what messages call the cases
   * @throws dev.tollgate.cedar.CedarPolicyException if it does not load
   * @throws CaseFileException if its cases do not
   */
  public static PolicySuite of(
      CedarPolicySet set, String origin, String cases, ToolManifest manifest) {
    return new PolicySuite(
        set.name(), List.of(CaseReader.read(cases, origin, set, name -> manifest)));
  }

  /** The set's name or folder. */
  public String name() {
    return name;
  }

  public List<CaseFile> files() {
    return files;
  }

  /** Runs all cases. */
  public SuiteReport run() {
    List<CaseResult> results = new ArrayList<>();
    for (CaseFile file : files) {
      file.cases().forEach(one -> results.add(one.run(file.policies())));
    }
    return new SuiteReport(name, results, coverage(results));
  }

  /** What results of these cases exercise. */
  public CaseCoverage coverage(List<CaseResult> results) {
    Map<String, PolicySummary> policies = new LinkedHashMap<>();
    for (CaseFile file : files) {
      file.policies().policies().forEach(policy -> policies.put(policy.id(), policy));
    }
    return CaseCoverage.of(List.copyOf(policies.values()), results);
  }
}
