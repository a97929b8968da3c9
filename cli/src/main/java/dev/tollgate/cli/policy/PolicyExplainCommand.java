package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.author.AuditedCall;
import dev.tollgate.cedar.author.Explanation;
import dev.tollgate.cli.io.Shown;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Parameters(paramLabel = "CALL-ID", description = "the decision id of a denial, c-…")
  String id = "";

  @Mixin AuditOptions audit = new AuditOptions();

  @Option(
      names = {"--set", "--folder"},
      required = true,
      paramLabel = "SET|FOLDER",
      description = "the policies that were in force")
  String set = "";

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "the tools; else the manifest beside the set, else tollgate.manifest")
  @Nullable String manifest;

  @Override
  public Integer call() throws IOException {
    for (AuditedCall call : audit.read(policy.err()).calls()) {
      if (call.id().equals(id)) {
        CedarPolicySet chosen = policy.shelf().set(set);
        ToolManifest tools = policy.shelf().manifestFor(chosen, manifest);
        LoadedPolicies policies = LoadedPolicies.load(chosen, tools);
        Explanation.of(call, policies, tools)
            .forEach(line -> policy.out().println(Shown.text(line)));
        return 0;
      }
    }
    policy.err().println("no call " + Shown.text(id) + " is on record there");
    return 1;
  }
}
