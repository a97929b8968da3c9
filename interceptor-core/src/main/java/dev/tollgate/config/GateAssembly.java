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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

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
    PolicyProvider policy = backends.policy(settings);
    if (policy != null) {
      builder.policy(policy.create(settings, manifest));
    }
    CredentialProvider credentials = backends.credentials(settings);
    if (credentials != null) {
      FolderOutbox outbox = new FolderOutbox(settings.path("tollgate.credential.outbox"), keys);
      builder.credentials(credentials.create(settings), outbox);
    }
    // Last: it takes the folder, and what fails after it would leave the folder taken.
    audit(settings, builder, keys);
    return builder.build();
  }

  private static void agent(Settings settings, ToolGateBuilder builder) {
    String agent = settings.find("tollgate.agent");
    if (agent != null) {
      String groups = settings.get("tollgate.agent-groups", "");
      builder.agent(
          new AgentIdentity(
              agent,
              groups.isEmpty() ? Set.of() : new HashSet<>(List.of(groups.split("\\s*,\\s*")))));
    }
    String subject = settings.find("tollgate.subject");
    if (subject != null) {
      String tenant = settings.require("tollgate.tenant");
      builder.defaultCaller(named("tollgate.tenant", () -> Caller.of(tenant, subject)));
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
    int bytes = settings.number("tollgate.arguments.max-bytes", defaults.json().maxBytes());
    int depth = settings.number("tollgate.arguments.max-depth", defaults.json().maxDepth());
    Duration task = settings.duration("tollgate.task.deadline", defaults.task());
    Duration admission = settings.duration("tollgate.admission.lifetime", defaults.admission());
    JsonLimits json = named("tollgate.arguments", () -> new JsonLimits(bytes, depth));
    return named("tollgate.task", () -> new GateLimits(task, admission, json));
  }

  /** Puts the key in front of what a value's own check says. */
  private static <T> T named(String key, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(key, "cannot be used: " + e.getMessage());
    }
  }
}
