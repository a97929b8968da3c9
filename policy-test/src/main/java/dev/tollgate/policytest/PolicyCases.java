package dev.tollgate.policytest;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tollgate.cedar.author.CaseFile;
import dev.tollgate.cedar.author.CaseResult;
import dev.tollgate.cedar.author.PolicySuite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.AssertionFailedError;

/**
 * The test cases of a policy set as tests of a build: return them from a method with
 * {@code @TestFactory}. Each case is a test; two more fail if there is no case, and if a policy
 * decides in none. What does not load fails the factory.
 */
public final class PolicyCases {
  private PolicyCases() {}

  /** The cases of a set that ships with Tollgate. */
  public static Stream<DynamicNode> ofSet(String name) {
    return of(PolicySuite.shipped(name));
  }

  /** The cases beside the policies of a folder, which name their manifests. */
  public static Stream<DynamicNode> in(Path folder) {
    return of(PolicySuite.folder(folder, null));
  }

  /**
   * The cases beside the policies of a folder.
   *
   * @param manifest for those that name none
   */
  public static Stream<DynamicNode> in(Path folder, Path manifest) {
    return of(PolicySuite.folder(folder, manifest));
  }

  private static Stream<DynamicNode> of(PolicySuite suite) {
    List<DynamicNode> nodes = new ArrayList<>();
    for (CaseFile file : suite.files()) {
      nodes.add(
          dynamicContainer(
              file.name(),
              file.cases().stream()
                  .map(one -> dynamicTest(one.name(), () -> check(one.run(file.policies()))))));
    }
    nodes.add(dynamicTest("there are cases", () -> checkCases(suite)));
    nodes.add(dynamicTest("every policy decides in some case", () -> checkCoverage(suite)));
    return nodes.stream();
  }

  private static void check(CaseResult result) {
    if (!result.passed()) {
      throw new AssertionFailedError(result.told());
    }
  }

  private static void checkCases(PolicySuite suite) {
    if (suite.files().isEmpty()) {
      throw new AssertionFailedError(suite.name() + " has no cases");
    }
  }

  private static void checkCoverage(PolicySuite suite) {
    Set<String> uncovered = new TreeSet<>(suite.run().coverage().uncovered());
    if (!uncovered.isEmpty()) {
      throw new AssertionFailedError("these policies decide in no case: " + uncovered);
    }
  }
}
