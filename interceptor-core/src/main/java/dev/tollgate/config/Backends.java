package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends on the class path. Two for one SPI, with none chosen, stop the start. */
record Backends(List<PolicyProvider> policies, List<CredentialProvider> issuers) {
  private static final Logger log = LoggerFactory.getLogger(Backends.class);
  private static final Set<String> KEYS =
      Set.of(
          "tollgate.enabled",
          "tollgate.strict",
          "tollgate.denied",
          "tollgate.tool-list",
          "tollgate.approval.wait",
          "tollgate.approval.pending",
          "tollgate.mode",
          "tollgate.environment",
          "tollgate.tenant",
          "tollgate.subject",
          "tollgate.security.tenant-claim",
          "tollgate.agent",
          "tollgate.agent-groups",
          "tollgate.agent-owner",
          "tollgate.agent-model",
          "tollgate.agent-configuration",
          "tollgate.manifest",
          "tollgate.tools-lock",
          "tollgate.keys.file",
          "tollgate.task.deadline",
          "tollgate.admission.lifetime",
          "tollgate.arguments.max-bytes",
          "tollgate.arguments.max-depth",
          "tollgate.policy.engine",
          WriteProtection.KEY,
          "tollgate.audit.folder",
          "tollgate.audit.anchor",
          "tollgate.audit.durability",
          "tollgate.audit.questions",
          "tollgate.credential.issuer",
          "tollgate.credential.outbox",
          "tollgate.approval.max-pending",
          "tollgate.approval.lifetime",
          "tollgate.delegation.trust-domain",
          "tollgate.state.file",
          "tollgate.mcp.meta",
          "tollgate.operator.role",
          "tollgate.guard.loops",
          "tollgate.task.idle");

  static Backends find() {
    List<PolicyProvider> policies = new ArrayList<>();
    ServiceLoader.load(PolicyProvider.class).forEach(policies::add);
    List<CredentialProvider> issuers = new ArrayList<>();
    ServiceLoader.load(CredentialProvider.class).forEach(issuers::add);
    return new Backends(policies, issuers);
  }

  /** Lets a backend get ready beside what is done until it is needed. It decides nothing yet. */
  static void prepare(PolicyProvider provider) {
    Thread thread =
        new Thread(
            () -> {
              try {
                provider.prepare();
              } catch (RuntimeException | Error e) { // create fails for the same reason
                log.debug("policy backend {} is not prepared", provider.name(), e);
              }
            },
            "tollgate-prepare");
    thread.setDaemon(true);
    thread.start();
  }

  /** A key that nobody reads is a mistake that could leave something open. */
  void refuseUnknownKeys(Settings settings) {
    Set<String> known = new TreeSet<>(KEYS);
    policies.forEach(provider -> provider.keys().forEach(known::add));
    issuers.forEach(provider -> provider.keys().forEach(known::add));
    for (String key : settings.keys()) {
      if (!known.contains(key) && !Limits.known(key)) {
        throw new ConfigurationException(
            key, "is not a key of Tollgate or of a backend found here");
      }
    }
  }

  /** The policy backend, {@code null} if none is configured: then everything is denied. */
  @Nullable PolicyProvider policy(Settings settings) {
    boolean wanted = false;
    for (String key : settings.keys()) {
      wanted |= key.startsWith("tollgate.policy.") && !key.equals(WriteProtection.KEY);
    }
    return wanted
        ? choose(policies, PolicyProvider::name, settings, "tollgate.policy.engine")
        : null;
  }

  /** The credential backend, {@code null} if none is configured: then no call gets a credential. */
  @Nullable CredentialProvider credentials(Settings settings) {
    boolean wanted =
        settings.find("tollgate.credential.issuer") != null
            || settings.find("tollgate.credential.outbox") != null;
    return wanted
        ? choose(issuers, CredentialProvider::name, settings, "tollgate.credential.issuer")
        : null;
  }

  private static <P> P choose(
      List<P> found, Function<P, String> name, Settings settings, String key) {
    List<String> names = found.stream().map(name).sorted().toList();
    String chosen = settings.find(key);
    if (chosen == null && found.size() == 1) {
      return found.get(0);
    }
    for (P candidate : found) {
      if (name.apply(candidate).equals(chosen)) {
        return candidate;
      }
    }
    if (chosen == null && found.size() > 1) {
      throw new ConfigurationException(key, "must choose one of the backends found: " + names);
    }
    throw new ConfigurationException(
        key, "is '" + chosen + "', but the backends found on the class path are " + names);
  }
}
