package dev.tollgate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class PolicyCasesTest {
  private static final String HEAD =
      """
      manifest:
        version: tollgate/manifest/v1
        tools: [{ name: look, effect: read }]
      cases:
      """;
  private static final String GOOD =
      "  - { name: looking is fine, tool: look, expect: permit, policies: [look] }\n";
  private static final String BAD = "  - { name: looking is bad, tool: look, expect: deny }\n";

  /** Where {@link Users} finds its policies; JUnit makes that class itself. */
  private static Path folder = Path.of("");

  @TempDir private Path temporary;

  /** What users write. */
  static final class Users {
    @TestFactory
    Stream<DynamicNode> ourPolicies() {
      return PolicyCases.in(folder);
    }
  }

  /** A set that ships. */
  static final class Shipped {
    @TestFactory
    Stream<DynamicNode> office() {
      return PolicyCases.ofSet("office");
    }
  }

  @BeforeEach
  void policies() throws IOException {
    folder = temporary;
    Files.writeString(
        folder.resolve("p.cedar"),
        "@id(\"look\")\npermit (principal, action == Action::\"look\", resource);\n");
  }

  private static TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    return listener.getSummary();
  }

  private static List<String> failures(TestExecutionSummary summary) {
    return summary.getFailures().stream()
        .map(failure -> failure.getTestIdentifier().getDisplayName())
        .toList();
  }

  @Test
  void eachCaseIsATest() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), HEAD + GOOD);
    TestExecutionSummary summary = run(Users.class);
    assertThat(failures(summary)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
  }

  @Test
  void aCaseThatIsNotAsExpectedFailsAndSaysInWhat() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), HEAD + GOOD + BAD);
    TestExecutionSummary summary = run(Users.class);
    assertThat(failures(summary)).containsExactly("looking is bad");
    assertThat(summary.getFailures().get(0).getException())
        .hasMessageContaining("p.cases.yaml:6")
        .hasMessageContaining("outcome: expected deny, was permit");
  }

  @Test
  void aPolicyThatDecidesInNoCaseFails() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), HEAD + GOOD);
    Files.writeString(
        folder.resolve("q.cedar"),
        """
        @id("never")
        forbid (principal, action == Action::"look", resource)
        when { context.task.calls > 100 };
        """);
    assertThat(failures(run(Users.class))).containsExactly("every policy decides in some case");
  }

  @Test
  void aFolderWithoutCasesFails() {
    assertThat(failures(run(Users.class))).containsExactly("there are cases");
  }

  @Test
  void casesThatDoNotLoadFailTheFactory() throws IOException {
    Files.writeString(folder.resolve("p.cases.yaml"), HEAD + BAD.replace("expect", "expects"));
    assertThat(failures(run(Users.class))).containsExactly("ourPolicies()");
  }

  @Test
  void setsThatShipPass() {
    TestExecutionSummary summary = run(Shipped.class);
    assertThat(failures(summary)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(10);
  }
}
