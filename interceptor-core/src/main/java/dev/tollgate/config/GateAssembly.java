package dev.tollgate.config;

import dev.tollgate.GateLimits;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Locale;
import java.util.Set;

/** Puts a gate together from configuration, and refuses what it does not understand. */
public final class GateAssembly {
  private GateAssembly() {}

  /**
   * Makes a gate.
   *
   * @throws RuntimeException with file, key and remedy, if anything configured cannot be used
   */
  public static ToolGate assemble(Settings settings, OpenTelemetry openTelemetry) {
    Backends backends = Backends.find();
    backends.refuseUnknownKeys(settings);
    KeySource keys = JwkFileKeySource.load(settings.path("tollgate.keys.file"));
    ToolManifest manifest =
        settings.find("tollgate.manifest") == null
            ? ToolManifest.empty()
            : ToolManifest.load(settings.path("tollgate.manifest"));
    ToolGateBuilder builder =
        ToolGate.builder()
            .keys(keys)
            .manifest(manifest)
            .openTelemetry(openTelemetry)
            .limits(limits(settings))
            .environment(settings.get("tollgate.environment", "unspecified"))
            .observe(
                settings.oneOf("tollgate.mode", "enforce", "enforce", "observe").equals("observe"));
    agent(settings, builder);
    audit(settings, builder, keys);
    PolicyProvider policy = backends.policy(settings);
    if (policy != null) {
      builder.policy(policy.create(settings, manifest));
    }
    CredentialProvider credentials = backends.credentials(settings);
    if (credentials != null) {
      FolderOutbox outbox = new FolderOutbox(settings.path("tollgate.credential.outbox"), keys);
      builder.credentials(credentials.create(settings), outbox);
    }
    return builder.build();
  }

  private static void agent(Settings settings, ToolGateBuilder builder) {
    String groups = settings.get("tollgate.agent-groups", "");
    builder.agent(
        new AgentIdentity(
            settings.get("tollgate.agent", "agent"),
            groups.isEmpty() ? Set.of() : Set.of(groups.split("\\s*,\\s*"))));
    String subject = settings.find("tollgate.subject");
    if (subject != null) {
      builder.defaultCaller(Caller.of(settings.require("tollgate.tenant"), subject));
    }
  }

  private static void audit(Settings settings, ToolGateBuilder builder, KeySource keys) {
    if (settings.find("tollgate.audit.folder") != null) {
      String durability = settings.oneOf("tollgate.audit.durability", "process", "process", "disk");
      builder.audit(
          new FileAuditSink(
              settings.path("tollgate.audit.folder"),
              keys,
              Durability.valueOf(durability.toUpperCase(Locale.ROOT)),
              new FileAnchor(settings.path("tollgate.audit.anchor"))));
    }
  }

  private static GateLimits limits(Settings settings) {
    GateLimits defaults = GateLimits.DEFAULT;
    return new GateLimits(
        settings.duration("tollgate.task.deadline", defaults.task()),
        settings.duration("tollgate.admission.lifetime", defaults.admission()),
        new JsonLimits(
            settings.number("tollgate.arguments.max-bytes", defaults.json().maxBytes()),
            settings.number("tollgate.arguments.max-depth", defaults.json().maxDepth())));
  }
}
