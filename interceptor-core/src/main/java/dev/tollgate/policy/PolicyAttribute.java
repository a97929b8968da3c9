package dev.tollgate.policy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attribute that policies may read, besides a call's arguments and where their values came
 * from.
 *
 * @param record the record it is a member of, such as {@code task}; Cedar has it below {@code
 *     context}
 * @param member its name there; empty if the record is no record but this one value
 * @param type its type
 * @param presence when it is there
 * @param masked whether it comes from what a model wrote: then it stays out of the audit
 * @param authzen where AuthZEN 1.0 has it in an evaluation request
 * @param meaning one line for readers
 * @param reader reads it from a request; {@code null} if it is absent there
 */
public record PolicyAttribute(
    String record,
    String member,
    AttributeType type,
    Presence presence,
    boolean masked,
    String authzen,
    String meaning,
    Function<PolicyRequest, @Nullable Object> reader) {

  /** When an attribute is there. What is absent is absent, and never a default. */
  public enum Presence {
    /** In every request. */
    ALWAYS,
    /** Whenever its record is. */
    WITH_RECORD,
    /** Sometimes; a policy has to test for it. */
    SOMETIMES,
    /**
     * Nothing in this version supplies it; a policy that reads it is waiting for what is to come.
     */
    NOT_YET
  }

  /** {@code record.member}. */
  public String path() {
    return member.isEmpty() ? record : record + "." + member;
  }

  /** Its value in a request, of the Java type that {@link AttributeType} names. */
  public @Nullable Object read(PolicyRequest request) {
    return reader.apply(request);
  }
}
