package dev.tollgate.tool;

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

  Tool as(ToolDefinition definition) {
    return new Tool(
        name,
        definition.source(),
        definition.digest(),
        pinnedDigest,
        Tool.Standing.LISTED,
        effect,
        arguments,
        destination == null ? definition.source() : destination,
        sensitivity,
        resultTrust,
        credential,
        zone,
        legacySecret,
        definition.annotations());
  }
}
