package dev.tollgate.tool;

import dev.tollgate.json.Shown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a manifest: what a tool does, in the words of the people who answer for it.
 *
 * @param name the tool's name in the framework's registry
 * @param source the source it must come from; {@code null} for any
 * @param effect what it does to the world
 * @param arguments the arguments that policies may read
 * @param destination the system it acts on; {@code null} for its source
 * @param sensitivity how sensitive the data is
 * @param resultTrust who may have written what it returns
 * @param pinnedDigest the digest its definition must have, if it is pinned
 * @param credential the credential a call needs, if any
 * @param zone the trust zone of the system it acts on; {@code null} if nobody said
 * @param legacySecret whether it works with a standing secret of its own
 * @param inputSchema the JSON Schema of its arguments as a person reviewed it, from {@code
 *     tools.lock}; {@code null} if there is none
 */
public record ListedTool(
    String name,
    @Nullable String source,
    Effect effect,
    Map<String, Argument> arguments,
    @Nullable String destination,
    Sensitivity sensitivity,
    ResultTrust resultTrust,
    @Nullable String pinnedDigest,
    @Nullable CredentialNeed credential,
    @Nullable String zone,
    boolean legacySecret,
    @Nullable String inputSchema) {
  public ListedTool {
    arguments = Map.copyOf(arguments);
  }

  /** An entry without a zone, a standing secret or a reviewed schema. */
  public ListedTool(
      String name,
      @Nullable String source,
      Effect effect,
      Map<String, Argument> arguments,
      @Nullable String destination,
      Sensitivity sensitivity,
      ResultTrust resultTrust,
      @Nullable String pinnedDigest,
      @Nullable CredentialNeed credential) {
    this(
        name,
        source,
        effect,
        arguments,
        destination,
        sensitivity,
        resultTrust,
        pinnedDigest,
        credential,
        null,
        false,
        null);
  }

  boolean describes(ToolDefinition definition) {
    return name.equals(definition.name()) && (source == null || source.equals(definition.source()));
  }

  /** The same entry with what the lock has of this tool. */
  ListedTool locked(ToolLock lock) {
    String schema = null;
    boolean several = false;
    for (ToolDefinition one : lock.definitions()) {
      if (describes(one)) {
        if (pinnedDigest != null && !pinnedDigest.equals(one.digest())) {
          throw new ManifestException(
              "and lock",
              0,
              "tool '%s': the manifest pins %s, the lock holds %s from source %s; review which is right"
                  .formatted(name, pinnedDigest, one.digest(), Shown.text(one.source())));
        }
        several = several || schema != null;
        schema = one.inputSchema();
      }
    }
    // Of tools from several sources no single schema is the one.
    return new ListedTool(
        name,
        source,
        effect,
        arguments,
        destination,
        sensitivity,
        resultTrust,
        pinnedDigest,
        credential,
        zone,
        legacySecret,
        several || schema == null || schema.isBlank() ? null : schema);
  }

  Tool as(ToolDefinition definition) {
    Effect raised = AnnotatedEffect.raise(effect, definition.annotations());
    return new Tool(
        name,
        definition.source(),
        definition.digest(),
        pinnedDigest,
        Tool.Standing.LISTED,
        raised,
        arguments,
        destination == null ? definition.source() : destination,
        sensitivity,
        resultTrust,
        credential,
        zone,
        legacySecret,
        definition.annotations(),
        raised == effect ? null : effect,
        ArgumentSchema.of(definition),
        null);
  }
}
