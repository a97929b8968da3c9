package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.author.Finding;
import dev.tollgate.cedar.author.PolicyLint;
import dev.tollgate.cli.io.Shelf;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code policy check}: what is wrong with policy sets. */
@Command(
    name = "check",
    description = "Finds what is wrong with policy sets: ends with 1 if anything is.",
    mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @ParentCommand PolicyCommand policy = new PolicyCommand();

  @Parameters(
      arity = "0..*",
      paramLabel = "SET|FOLDER",
      description = "shipped sets by name, others by folder; all if none is named")
  List<String> sets = new ArrayList<>();

  @Mixin ToolOptions tools = new ToolOptions();

  @Option(
      names = "--accept",
      split = ",",
      paramLabel = "KIND",
      description = "sorts of warnings to leave out, such as tool-unspoken")
  Set<String> accept = new TreeSet<>();

  @Option(names = "--json", description = "for machines")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Set<Finding.Kind> accepted = accepted();
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    for (String name : sets.isEmpty() ? policy.shelf().defaultSets() : sets) {
      List<Finding> findings = new ArrayList<>(findings(name));
      findings.removeIf(finding -> accepted.contains(finding.kind()));
      all.put(name, findings);
    }
    PrintWriter out = policy.out();
    out.println(json ? FindingsText.json(all) : FindingsText.plain(all));
    return all.values().stream().allMatch(List::isEmpty) ? 0 : 1;
  }

  private List<Finding> findings(String name) throws IOException {
    Shelf shelf = policy.shelf();
    CedarPolicySet set;
    try {
      set = shelf.set(name);
    } catch (CedarPolicyException e) {
      return e.problems().stream().map(problem -> unreadable(name, problem)).toList();
    }
    return PolicyLint.check(set, tools.beside(shelf, set));
  }

  private static Finding unreadable(String name, String problem) {
    return new Finding(
        Finding.Kind.DOES_NOT_LOAD,
        name,
        null,
        problem,
        "name a folder, or a set that ships: " + String.join(", ", CedarPolicySet.shippedNames()));
  }

  private Set<Finding.Kind> accepted() {
    Map<String, Finding.Kind> kinds =
        Stream.of(Finding.Kind.values())
            .filter(kind -> kind.severity() == Finding.Severity.WARNING)
            .collect(Collectors.toMap(Finding.Kind::text, kind -> kind));
    for (String kind : accept) {
      if (!kinds.containsKey(kind)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "--accept takes the kind of a warning: "
                + String.join(", ", new TreeSet<>(kinds.keySet())));
      }
    }
    kinds.keySet().retainAll(accept);
    return Set.copyOf(kinds.values());
  }
}
