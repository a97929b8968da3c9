package dev.tollgate.task;

import java.util.Set;

/**
 * What a task had done when one of its calls was decided on. The call's own run is no part of it.
 *
 * @param calls how many calls were decided on
 * @param denials how many were denied
 * @param warnings how often it was stepped up for going in circles
 */
public record TaskHistory(
    long calls,
    long denials,
    int warnings,
    Set<String> effects,
    Set<String> sensitivities,
    Set<String> trust,
    Set<String> zones,
    Set<String> labels) {
  public TaskHistory {
    effects = Set.copyOf(effects);
    sensitivities = Set.copyOf(sensitivities);
    trust = Set.copyOf(trust);
    zones = Set.copyOf(zones);
    labels = Set.copyOf(labels);
  }
}
