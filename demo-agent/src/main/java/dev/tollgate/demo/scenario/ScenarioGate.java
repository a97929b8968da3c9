package dev.tollgate.demo.scenario;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.demo.console.WatchedAudit;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Manifests;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static ScenarioGate open(
      Scenario scenario,
      RunningOffice office,
      DemoFolder folder,
      CredentialIssuer issuer,
      OpenTelemetry telemetry)
      throws IOException {
    ToolManifest manifest = Manifests.office(office.uri("/"));
    Path audit = folder.audit();
    String policies = "office";
    if (scenario.world() == Scenario.World.ERRING_POLICY) {
      Path set = Files.createDirectories(folder.resolve("erring-policy"));
      Files.writeString(set.resolve("erring.cedar"), ERRING);
      policies = set.toString();
    } else if (scenario.world() == Scenario.World.NO_AUDIT) {
      audit = folder.resolve("broken-audit-" + System.nanoTime());
    }
    WatchedAudit sink =
        new WatchedAudit(
            new FileAuditSink(
                audit, folder.keys(), Durability.PROCESS, new FileAnchor(folder.anchors())));
    if (scenario.world() == Scenario.World.NO_AUDIT) {
      block(audit);
    }
    ToolGate gate =
        ToolGate.builder()
            .keys(folder.keys())
            .manifest(manifest)
            .policy(Policies.named(policies, manifest))
            .audit(sink)
            .credentials(issuer, new FolderOutbox(folder.resolve("outbox"), folder.keys()))
            .agent(new AgentIdentity("office-agent", Set.of("office")))
            .environment("demo")
            .openTelemetry(telemetry)
            .build();
    return new ScenarioGate(gate, sink);
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
