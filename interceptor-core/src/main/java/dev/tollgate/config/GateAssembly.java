package dev.tollgate.config;

import dev.tollgate.GateClock;
import dev.tollgate.GateLimits;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a gate together from configuration, and refuses what it does not understand. */
public final class GateAssembly {
  private static final Logger log = LoggerFactory.getLogger(GateAssembly.class);

  private static final List<String> ABOUT_AGENT =
      List.of("tollgate.agent-owner", "tollgate.agent-model", "tollgate.agent-configuration");

  private GateAssembly() {}

  /**
   * Makes a gate.
   *
   * @throws RuntimeException with file, key and remedy, if anything configured cannot be used
   */
  public static ToolGate assemble(Settings settings, OpenTelemetry openTelemetry) {
    return assemble(settings, openTelemetry, GivenParts.NONE, builder -> {});
  }

  /**
   * Makes a gate of parts that are there already, and the rest from configuration.
   *
   * @param last has the last word on what the gate is made of
   * @throws RuntimeException with file, key and remedy, if anything configured cannot be used
   */
  public static ToolGate assemble(
      Settings settings,
      OpenTelemetry openTelemetry,
      GivenParts given,
      Consumer<ToolGateBuilder> last) {
    return assemble(settings, openTelemetry, given, last, new WriteProtection(new ProcessRights()));
  }

  static ToolGate assemble(
      Settings settings, OpenTelemetry openTelemetry, WriteProtection protection) {
    return assemble(settings, openTelemetry, GivenParts.NONE, builder -> {}, protection);
  }

  private static ToolGate assemble(
      Settings settings,
      OpenTelemetry openTelemetry,
      GivenParts given,
      Consumer<ToolGateBuilder> last,
      WriteProtection protection) {
    Rehearsal.end();
    Backends backends = Backends.find();
    backends.refuseUnknownKeys(settings);
    PolicyProvider policy = given.policy() == null ? backends.policy(settings) : null;
    if (policy != null) {
      Backends.prepare(policy);
    }
    KeySource keys =
        given.keys() == null
            ? JwkFileKeySource.load(settings.path("tollgate.keys.file"))
            : given.keys();
    List<String> unprotected = protection.require(settings, places(settings, given, policy));
    ToolManifest manifest =
        given.manifest() == null
            ? ConfiguredManifest.load(settings, GateClock.system())
            : ConfiguredManifest.locked(given.manifest(), settings);
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
    unprotected.forEach(builder::unprotected);
    credentials(settings, given, backends, builder, keys);
    approvals(settings, given, builder);
    builder.recordQuestions(
        settings.oneOf("tollgate.audit.questions", "true", "true", "false").equals("true"));
    builder.guard(Limits.guard(settings, manifest));
    builder.trustDomain(settings.get("tollgate.delegation.trust-domain", "tollgate"));
    List<AutoCloseable> taken = new ArrayList<>();
    try {
      if (given.policy() != null) {
        builder.policy(given.policy());
      } else if (policy != null) {
        PolicyDecisionPoint made = policy.create(settings, manifest);
        taken.add(made::close);
        builder.policy(made).closeAfter(made::close);
      }
      state(settings, given, builder, taken);
      audit(settings, given, builder, keys, taken);
      last.accept(builder);
      return builder.build();
    } catch (RuntimeException | Error e) {
      taken.forEach(GateAssembly::release); // the next try must find files and folders free
      throw e;
    }
  }

  private static void credentials(
      Settings settings,
      GivenParts given,
      Backends backends,
      ToolGateBuilder builder,
      KeySource keys) {
    CredentialIssuer issuer = given.issuer();
    if (issuer == null) {
      CredentialProvider configured = backends.credentials(settings);
      issuer = configured == null ? null : configured.create(settings);
    }
    if (issuer != null) {
      RevocationOutbox outbox =
          given.outbox() == null
              ? new FolderOutbox(settings.path("tollgate.credential.outbox"), keys)
              : given.outbox();
      builder.credentials(issuer, outbox);
    }
  }

  private static Map<String, Path> places(
      Settings settings, GivenParts given, @Nullable PolicyProvider policy) {
    Map<String, Path> places = new LinkedHashMap<>();
    if (given.manifest() == null && settings.find(ConfiguredManifest.KEY) != null) {
      places.put(ConfiguredManifest.KEY, settings.path(ConfiguredManifest.KEY));
    }
    if (settings.find(ConfiguredManifest.LOCK) != null) {
      places.put(ConfiguredManifest.LOCK, settings.path(ConfiguredManifest.LOCK));
    }
    if (policy != null) {
      places.putAll(policy.places(settings));
    }
    return places;
  }

  private static void state(
      Settings settings, GivenParts given, ToolGateBuilder builder, List<AutoCloseable> taken) {
    if (given.state() != null) {
      builder.state(given.state());
    } else if (settings.find("tollgate.state.file") != null) {
      StateStore state =
          FileStateStore.open(settings.path("tollgate.state.file"), GateClock.system());
      taken.add(state);
      builder.state(state).closeAfter(state);
    }
  }

  private static void release(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.warn("{} could not be closed", part.getClass().getName(), e);
    }
  }

  private static void agent(Settings settings, ToolGateBuilder builder) {
    String agent = settings.find("tollgate.agent");
    if (agent != null) {
      String groups = settings.get("tollgate.agent-groups", "");
      builder.agent(
          new AgentIdentity(
              agent,
              groups.isEmpty() ? Set.of() : new HashSet<>(List.of(groups.split("\\s*,\\s*"))),
              settings.find("tollgate.agent-owner"),
              settings.find("tollgate.agent-model"),
              settings.find("tollgate.agent-configuration")));
    } else {
      for (String key : ABOUT_AGENT) {
        if (settings.find(key) != null) {
          throw new ConfigurationException(key, "says something of an agent; set tollgate.agent");
        }
      }
    }
    String subject = settings.find("tollgate.subject");
    if (subject != null) {
      String tenant = settings.require("tollgate.tenant");
      builder.defaultCaller(named("tollgate.tenant", () -> Caller.of(tenant, subject)));
    }
  }

  private static void approvals(Settings settings, GivenParts given, ToolGateBuilder builder) {
    int pending = settings.number("tollgate.approval.max-pending", 20);
    Duration lifetime = settings.duration("tollgate.approval.lifetime", Duration.ofMinutes(10));
    if (pending < 0) {
      throw new ConfigurationException(
          "tollgate.approval.max-pending", "must be 0 or more, not " + pending);
    }
    if (pending > 0) { // 0: nobody is asked, and what needs approval is denied
      builder.approvals(pending, lifetime);
    }
    if (given.approvals() != null) {
      builder.approvalStore(given.approvals());
    }
    if (given.approvalListener() != null) {
      builder.approvalListener(given.approvalListener());
    }
  }

  private static void audit(
      Settings settings,
      GivenParts given,
      ToolGateBuilder builder,
      KeySource keys,
      List<AutoCloseable> taken) {
    if (given.audit() != null) {
      builder.audit(given.audit());
    } else if (settings.find("tollgate.audit.folder") != null) {
      String durability = settings.oneOf("tollgate.audit.durability", "process", "process", "disk");
      AuditSink audit =
          new FileAuditSink(
              settings.path("tollgate.audit.folder"),
              keys,
              Durability.valueOf(durability.toUpperCase(Locale.ROOT)),
              new FileAnchor(settings.path("tollgate.audit.anchor")));
      taken.add(audit);
      builder.audit(audit);
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
