package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.author.CaseCoverage;
import dev.tollgate.cedar.author.CaseFileException;
import dev.tollgate.cedar.author.CaseResult;
import dev.tollgate.cedar.author.SuiteReport;
import dev.tollgate.cli.io.Shelf;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ManifestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code policy test}: runs the test cases of policy sets. */
@Command(
    name = "test",
    description =
        "Runs the test cases of policy sets: ends with 1 if a case fails, a set does not load or"
            + " has no cases, or too few of its policies decide in any case.",
    mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @ParentCommand PolicyCommand policy = new PolicyCommand();

  @Parameters(
      arity = "0..*",
      paramLabel = "SET|FOLDER",
      description = "shipped sets by name, others by folder; all if none is named")
  List<String> sets = new ArrayList<>();

  @Mixin ToolOptions tools = new ToolOptions();

  @Option(
      names = "--min-coverage",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "how many of a hundred policies must decide in some case (${DEFAULT-VALUE})")
  int minimum;

  @Option(names = "--conditions", description = "also tell which conditions never changed")
  boolean conditions;

  @Override
  public Integer call() throws IOException {
    if (minimum < 0 || minimum > 100) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--min-coverage must be 0 to 100");
    }
    boolean good = true;
    for (String name : sets.isEmpty() ? policy.shelf().defaultSets() : sets) {
      good &= run(name);
    }
    return good ? 0 : 1;
  }

  private boolean run(String name) throws IOException {
    try {
      Shelf shelf = policy.shelf();
      SuiteReport report = shelf.suite(name, tools.named(shelf), tools.lock()).run();
      tell(report);
      return report.good(minimum);
    } catch (CedarPolicyException | CaseFileException | ManifestException e) {
      policy.out().println("✘ " + Shown.text(name));
      policy.out().println(indented(Shown.lines(String.valueOf(e.getMessage()))));
      return false;
    }
  }

  private void tell(SuiteReport report) {
    if (report.results().isEmpty()) {
      policy
          .out()
          .println(
              "✘ "
                  + Shown.text(report.suite())
                  + ": there are no cases: see docs/policy-testing.md");
      return;
    }
    CaseCoverage coverage = report.coverage();
    policy
        .out()
        .printf(
            "%s %s: %d cases, %d failed; %d of %d policies decided in some case%n",
            report.good(minimum) ? "✔" : "✘",
            Shown.text(report.suite()),
            report.results().size(),
            report.failures().size(),
            coverage.policies().size() - coverage.uncovered().size(),
            coverage.policies().size());
    for (CaseResult failure : report.failures()) {
      policy.out().println(indented(Shown.lines(failure.told())));
    }
    for (String id : new TreeSet<>(coverage.uncovered())) {
      policy
          .out()
          .println(
              indented(
                  Shown.text(
                      coverage.policies().get(id) + ": policy \"" + id + "\" decided in no case")));
    }
    if (conditions) {
      coverage.notes().forEach(note -> policy.out().println(indented(Shown.text(note))));
    }
  }

  private static String indented(String text) {
    return text.indent(4).stripTrailing();
  }
}
