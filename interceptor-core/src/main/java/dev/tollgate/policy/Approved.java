package dev.tollgate.policy;

import java.util.Set;

/**
 * A person's yes to the very call that is asked about.
 *
 * @param by who said it
 * @param roles the roles they had then
 */
public record Approved(String by, Set<String> roles) {
  public Approved {
    roles = Set.copyOf(roles);
  }
}
