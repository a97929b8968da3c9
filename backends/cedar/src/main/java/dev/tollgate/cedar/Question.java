package dev.tollgate.cedar;

import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a decision is made of, piece by piece: read from a live request, a test case or an audit.
 */
public interface Question {
  /** The agent's id: the principal. */
  String agent();

  /** The agent's groups. */
  Set<String> groups();

  /** The system the tool acts on: the resource. */
  String destination();

  /** The value of an attribute, of the Java type it names; {@code null} if it is absent. */
  @Nullable Object attribute(PolicyAttribute attribute);

  /** An argument; {@code null} if the call does not have it. */
  @Nullable JsonValue argument(String name);

  /** Where the value of a steering argument came from; {@code null} if nobody knows. */
  @Nullable String provenance(String argument);

  /** The question of a live request. */
  static Question of(PolicyRequest request) {
    return new Question() {
      @Override
      public String agent() {
        return request.task().agent().id();
      }

      @Override
      public Set<String> groups() {
        return request.task().agent().groups();
      }

      @Override
      public String destination() {
        return request.tool().destination();
      }

      @Override
      public @Nullable Object attribute(PolicyAttribute attribute) {
        return attribute.read(request);
      }

      @Override
      public @Nullable JsonValue argument(String name) {
        return request.arguments().get(name);
      }

      @Override
      public @Nullable String provenance(String argument) {
        return request.facts().provenance().get(argument);
      }
    };
  }
}
