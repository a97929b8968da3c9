package dev.tollgate.demo.scenario;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.demo.console.WatchedAudit;
import dev.tollgate.demo.idp.AgentKeys;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Manifests;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.state.StateStore;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A gate for one scenario, with what the scenario breaks around it. */
record ScenarioGate(ToolGate gate, WatchedAudit audit) implements AutoCloseable {
  /** Adding anything to the largest number overflows, which Cedar reports as an error. */
  private static final String ERRING =
      """
      @id("reads") permit(principal, action in Action::"effect:read", resource);
      @id("overflows") forbid(principal, action, resource)
      when { context.time.epochSeconds + 9223372036854775807 < 0 };
      """;

  /** Two calls, and 100 EUR, for each task. */
  private static final GuardSettings TIGHT =
      GuardSettings.DEFAULT.withLimits(
          Limit.budget(BudgetScope.TASK, Meter.CALLS, 2, Duration.ofHours(1)),
          Limit.amount(BudgetScope.TASK, "eur", 100, Duration.ofHours(1)));

  /**
   * @param state what outlives the scenario: approvals that wait
   */
  static ScenarioGate open(
      Scenario.World world,
      RunningOffice office,
      DemoFolder folder,
      StateStore state,
      CredentialIssuer issuer,
      OpenTelemetry telemetry)
      throws IOException {
    ToolManifest manifest = Manifests.office(office.uri("/"));
    Path audit = folder.audit();
    if (world == Scenario.World.NO_AUDIT) {
      audit = folder.resolve("broken-audit-" + System.nanoTime());
    }
    WatchedAudit sink =
        new WatchedAudit(
            new FileAuditSink(
                audit, folder.keys(), Durability.PROCESS, new FileAnchor(folder.anchors())));
    if (world == Scenario.World.NO_AUDIT) {
      block(audit);
    }
    String agent = world == Scenario.World.PLANNER ? AgentKeys.PLANNER : "office-agent";
    ToolGate gate =
        ToolGate.builder()
            .keys(folder.keys())
            .manifest(manifest)
            .policy(policy(world, folder, manifest))
            .audit(sink)
            .recordQuestions(true)
            .state(state)
            .approvals(20, Duration.ofMinutes(10))
            .guard(world == Scenario.World.TIGHT_BUDGET ? TIGHT : GuardSettings.DEFAULT)
            .credentials(issuer, new FolderOutbox(folder.resolve("outbox"), folder.keys()))
            .agent(new AgentIdentity(agent, Set.of("office")))
            .environment("demo")
            .openTelemetry(telemetry)
            .build();
    return new ScenarioGate(gate, sink);
  }

  private static PolicyDecisionPoint policy(
      Scenario.World world, DemoFolder folder, ToolManifest manifest) throws IOException {
    String sets = policies(world, folder);
    return world == Scenario.World.SHADOWED
        ? Policies.shadowed(sets, "read-only-in-production", manifest)
        : Policies.named(sets, manifest);
  }

  private static String policies(Scenario.World world, DemoFolder folder) throws IOException {
    return switch (world) {
      case USUAL, NO_AUDIT -> "office";
      case NO_EGRESS, SHADOWED -> "office, no-egress-after-untrusted-read";
      case ERRING_POLICY -> {
        Path set = Files.createDirectories(folder.resolve("erring-policy"));
        Files.writeString(set.resolve("erring.cedar"), ERRING);
        yield set.toString();
      }
      case DESK, TIGHT_BUDGET, PLANNER -> Policies.shipped("desk", folder).toString();
    };
  }

  /** A file where the folder was: also root cannot write below it, whom rights would not stop. */
  private static void block(Path audit) throws IOException {
    Files.delete(audit.resolve(".lock"));
    Files.delete(audit);
    Files.writeString(audit, "not a folder");
  }

  @Override
  public void close() {
    gate.close();
  }
}
