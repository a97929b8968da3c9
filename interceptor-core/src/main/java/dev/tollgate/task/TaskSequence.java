package dev.tollgate.task;

import dev.tollgate.tool.Effect;
import dev.tollgate.tool.Tool;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a task has read and sent so far, as policies ask for it. A call counts from its dispatch,
 * before anybody knows whether it will succeed. Thread-safe.
 */
public final class TaskSequence {
  private volatile Set<String> effects = Set.of();
  private volatile Set<String> sensitivities = Set.of();
  private volatile Set<String> trust = Set.of();
  private volatile Set<String> zones = Set.of();
  private volatile Set<String> labels = Set.of();

  /**
   * A call is about to run.
   *
   * @param sentTo the trust zones its effect goes to
   */
  public synchronized void ran(Tool tool, Set<String> sentTo) {
    effects = with(effects, tool.effect().text());
    if (tool.listedEffect() != null) { // a server's hint hides nothing that people said
      effects = with(effects, tool.listedEffect().text());
    }
    // Whatever a tool does, the model reads what it answers.
    sensitivities = with(sensitivities, tool.sensitivity().text());
    trust = with(trust, tool.resultTrust().text());
    sent(tool, sentTo);
  }

  /** A call that runs has sent something somewhere; what only reads sends nothing. */
  public synchronized void sent(Tool tool, Set<String> sentTo) {
    if (tool.effect() != Effect.READ) {
      for (String zone : sentTo) {
        zones = with(zones, zone);
      }
    }
  }

  /** A policy put a label on what a call returns. */
  public synchronized void labelled(String label) {
    labels = with(labels, label);
  }

  /** Takes over what another has read and sent. */
  synchronized void follow(TaskHistory history) {
    effects = history.effects();
    sensitivities = history.sensitivities();
    trust = history.trust();
    zones = history.zones();
    labels = history.labels();
  }

  public Set<String> effects() {
    return effects;
  }

  /** The sensitivity of what it has read. */
  public Set<String> sensitivities() {
    return sensitivities;
  }

  /** Who may have written what it has read. */
  public Set<String> trust() {
    return trust;
  }

  /** The zones it has sent to. */
  public Set<String> zones() {
    return zones;
  }

  public Set<String> labels() {
    return labels;
  }

  private static Set<String> with(Set<String> texts, String more) {
    if (texts.contains(more)) {
      return texts;
    }
    Set<String> all = new TreeSet<>(texts);
    all.add(more);
    return Set.copyOf(all);
  }
}
