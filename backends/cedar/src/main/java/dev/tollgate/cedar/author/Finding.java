package dev.tollgate.cedar.author;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about a policy set that its author should know. The texts quote policies and manifests:
 * escape them before they are shown.
 *
 * @param kind what sort of thing
 * @param place {@code file:line}; the set's name if it is about all of it
 * @param policy the id of the policy it is about; {@code null} if it is about none
 * @param what what is so
 * @param todo what to do about it
 */
public record Finding(Kind kind, String place, @Nullable String policy, String what, String todo) {

  /** How bad it is. */
  public enum Severity {
    /** The set does not do what it says. */
    ERROR,
    /** The set may well do what it should; a person has to look. */
    WARNING
  }

  /** The sorts of findings. */
  public enum Kind {
    /** It does not parse, or names what does not exist. */
    DOES_NOT_LOAD(Severity.ERROR),
    /** Its condition contradicts itself. */
    NEVER_MATCHES(Severity.ERROR),
    /** It compares with a value that the attribute never has. */
    IMPOSSIBLE_VALUE(Severity.ERROR),
    /** A permit that a forbid always outvotes. */
    SHADOWED(Severity.ERROR),
    /** A policy that changes nothing beside another. */
    REDUNDANT(Severity.WARNING),
    /** Its head covers no tool. */
    NO_TOOL(Severity.WARNING),
    /** A tool that no policy covers. */
    TOOL_UNSPOKEN(Severity.WARNING),
    /** A steering argument that no policy reads. */
    ARGUMENT_UNREAD(Severity.WARNING),
    /** A policy reads what nobody supplies. */
    UNSUPPLIED(Severity.WARNING),
    /** A forbid that a call escapes by leaving something out. */
    OPEN_WHEN_ABSENT(Severity.WARNING),
    /** A policy without a name of its own. */
    NO_ID(Severity.WARNING),
    /** Nothing is permitted. */
    ONLY_FORBIDS(Severity.WARNING),
    /** A comment accepts what cannot be accepted. */
    WRONG_ACCEPT(Severity.ERROR),
    /** There are no policies. */
    EMPTY(Severity.WARNING);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }

    /** As it is written, such as {@code never-matches}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
