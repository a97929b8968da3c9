package dev.tollgate.tool;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tool as the gate knows it: what the framework registered, and what the manifest says of it.
 *
 * @param name the name in the framework's registry
 * @param source where it comes from
 * @param definitionDigest the digest of its definition
 * @param pinnedDigest the digest that the manifest pins, if it does
 * @param standing whether it is registered and listed
 * @param effect what it does to the world; annotations may have raised it
 * @param arguments the arguments that policies may read
 * @param destination the system it acts on
 * @param sensitivity how sensitive the data is
 * @param resultTrust who may have written what it returns
 * @param credential the credential a call needs, if any
 * @param zone the trust zone of the system it acts on; {@code null} if nobody said
 * @param legacySecret whether it works with a standing secret of its own, which the gate can not
 *     take back
 * @param annotations what its server says of it, such as {@code readOnlyHint:true}
 * @param listedEffect what the manifest says it does, where annotations raised that; else {@code
 *     null}
 * @param schema what its arguments must fit
 * @param remoteName the name its server knows it by, where that is another; else {@code null}
 */
public record Tool(
    String name,
    String source,
    String definitionDigest,
    @Nullable String pinnedDigest,
    Standing standing,
    Effect effect,
    Map<String, Argument> arguments,
    String destination,
    Sensitivity sensitivity,
    ResultTrust resultTrust,
    @Nullable CredentialNeed credential,
    @Nullable String zone,
    boolean legacySecret,
    Set<String> annotations,
    @Nullable Effect listedEffect,
    ArgumentSchema schema,
    @Nullable String remoteName) {

  private static final String NO_DIGEST = "sha256:none";

  /** Whether the framework's registry, the manifest and the lock know the tool. */
  public enum Standing {
    /** Registered with the framework, described in the manifest. */
    LISTED,
    /** Registered, but not described: counted as most dangerous. */
    UNLISTED,
    /** Not registered: a name that a model made up. Never runs. */
    UNKNOWN,
    /** Registered, but not in the lock that is to hold all. Never runs. */
    UNLOCKED,
    /** Several tools are registered under this name. None of them runs. */
    AMBIGUOUS
  }

  public Tool {
    arguments = Map.copyOf(arguments);
    annotations = Set.copyOf(annotations);
  }

  /** A tool of whose zone nobody says anything, without a standing secret or annotations. */
  public Tool(
      String name,
      String source,
      String definitionDigest,
      @Nullable String pinnedDigest,
      Standing standing,
      Effect effect,
      Map<String, Argument> arguments,
      String destination,
      Sensitivity sensitivity,
      ResultTrust resultTrust,
      @Nullable CredentialNeed credential) {
    this(
        name,
        source,
        definitionDigest,
        pinnedDigest,
        standing,
        effect,
        arguments,
        destination,
        sensitivity,
        resultTrust,
        credential,
        null,
        false,
        Set.of(),
        null,
        ArgumentSchema.ANY,
        null);
  }

  /** A tool of which nobody says what it does: it counts as the most dangerous there is. */
  public static Tool unlisted(ToolDefinition definition) {
    return bare(definition, Standing.UNLISTED);
  }

  /** A name that the framework's registry does not hold. A call of it is always denied. */
  public static Tool unknown(String name, String source) {
    return bare(name, source, NO_DIGEST, Standing.UNKNOWN, Set.of(), ArgumentSchema.ANY);
  }

  /** A name that several tools have. A call of it is always denied. */
  public static Tool ambiguous(String name, String sources) {
    return bare(name, sources, NO_DIGEST, Standing.AMBIGUOUS, Set.of(), ArgumentSchema.ANY);
  }

  static Tool unlocked(ToolDefinition definition) {
    return bare(definition, Standing.UNLOCKED);
  }

  /** The same tool with the digest its definition must have. */
  public Tool pinned(String digest) {
    return with(digest, effect, listedEffect, remoteName);
  }

  /** The same tool, which its server knows by another name. */
  public Tool calledAs(String remote) {
    return with(pinnedDigest, effect, listedEffect, remote);
  }

  /** Whether its definition is another than the one that a person pinned. */
  public boolean changedSincePinned() {
    return pinnedDigest != null && !pinnedDigest.equals(definitionDigest);
  }

  /** The same tool as if no annotation had raised its effect; itself if none has. */
  public Tool asListed() {
    return listedEffect == null ? this : with(pinnedDigest, listedEffect, null, remoteName);
  }

  private Tool with(
      @Nullable String pin, Effect to, @Nullable Effect raisedFrom, @Nullable String remote) {
    return new Tool(
        name,
        source,
        definitionDigest,
        pin,
        standing,
        to,
        arguments,
        destination,
        sensitivity,
        resultTrust,
        credential,
        zone,
        legacySecret,
        annotations,
        raisedFrom,
        schema,
        remote);
  }

  private static Tool bare(ToolDefinition of, Standing standing) {
    return bare(
        of.name(), of.source(), of.digest(), standing, of.annotations(), ArgumentSchema.of(of));
  }

  private static Tool bare(
      String name,
      String source,
      String digest,
      Standing standing,
      Set<String> annotations,
      ArgumentSchema schema) {
    return new Tool(
        name,
        source,
        digest,
        null,
        standing,
        Effect.ADMIN,
        Map.of(),
        source,
        Sensitivity.RESTRICTED,
        ResultTrust.UNTRUSTED,
        null,
        null,
        false,
        annotations,
        null,
        schema,
        null);
  }
}
