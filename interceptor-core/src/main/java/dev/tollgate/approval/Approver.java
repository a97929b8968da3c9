package dev.tollgate.approval;

import dev.tollgate.secret.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answers, as whoever authenticated them says.
 *
 * @param tenant the tenant they belong to
 * @param subject who they are
 * @param kind what they are
 * @param roles the roles they have, as whoever authenticated them vouches for
 * @param actors who acts for them, if anybody does ({@code act}, RFC 8693): then it is no person's
 *     own word
 * @param credential what they showed; {@code null} where they showed none that could be one of the
 *     gate's, such as an operator at the machine
 */
public record Approver(
    String tenant,
    String subject,
    Kind kind,
    Set<String> roles,
    List<String> actors,
    @Nullable Secret credential) {

  /** What somebody is. */
  public enum Kind {
    PERSON,
    /** An agent, a service, or anything that is not known to be a person. */
    WORKLOAD
  }

  public Approver {
    roles = Set.copyOf(roles);
    actors = List.copyOf(actors);
    if (subject.isBlank()) {
      throw new IllegalArgumentException("an approver has a name");
    }
  }

  /** Somebody of whom no roles are known. */
  public Approver(
      String tenant, String subject, Kind kind, List<String> actors, @Nullable Secret credential) {
    this(tenant, subject, kind, Set.of(), actors, credential);
  }

  /** The same one, who has these roles. */
  public Approver withRoles(Set<String> known) {
    return new Approver(tenant, subject, kind, known, actors, credential);
  }

  /** A person who showed a credential. */
  public static Approver person(String tenant, String subject, @Nullable Secret credential) {
    return new Approver(tenant, subject, Kind.PERSON, List.of(), credential);
  }
}
