package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.author.AuditedCall;
import dev.tollgate.cedar.author.Explanation;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policy explain}: tells about one recorded call. */
@Command(
    name = "explain",
    description =
        "Tells about one recorded call: who asked for what, what was decided, by which policies,"
            + " and what they read. Ends with 1 if the call is not on record.",
    mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
  @ParentCommand PolicyCommand policy = new PolicyCommand();

  @Parameters(
      paramLabel = "ID",
      description = "the decision id of a denial, c-..., or a trace id: then all of its calls")
  String id = "";

  @Mixin AuditOptions audit = new AuditOptions();

  @Option(
      names = {"--set", "--folder"},
      required = true,
      paramLabel = "SET|FOLDER",
      description = "the policies that were in force")
  String set = "";

  @Mixin ToolOptions options = new ToolOptions();

  @Override
  public Integer call() throws IOException {
    List<AuditedCall> calls =
        audit.read(policy.err()).calls().stream().filter(this::meant).toList();
    if (calls.isEmpty()) {
      policy.err().println("no call " + Shown.text(id) + " is on record there");
      return 1;
    }
    CedarPolicySet chosen = policy.shelf().set(set);
    ToolManifest tools = options.recorded(policy.shelf(), chosen);
    LoadedPolicies policies = LoadedPolicies.load(chosen, tools);
    String between = "";
    for (AuditedCall call : calls) {
      policy.out().print(between);
      Explanation.of(call, policies, tools).forEach(line -> policy.out().println(Shown.text(line)));
      between = System.lineSeparator();
    }
    return 0;
  }

  private boolean meant(AuditedCall call) {
    return !id.isEmpty()
        && (call.id().equals(id) || AuditedCall.text(call.proposed(), "trace").equals(id));
  }
}
