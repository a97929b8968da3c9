package dev.tollgate.policy;

import java.util.List;

/** Is told what happens to the policies in force. Thread-safe; must not throw. */
public interface PolicyListener {
  /** Nobody listens. */
  PolicyListener NONE =
      new PolicyListener() {
        @Override
        public void reloaded(Change change) {}

        @Override
        public void reloadFailed(String problem) {}

        @Override
        public void cacheLost(String tool) {}
      };

  /**
   * A set that came into force.
   *
   * @param from the revision before
   * @param to the revision now
   * @param policies how many there are now; with none, every call is denied
   * @param forbidsGone ids of forbids that were in force and are no more, or that say something
   *     else now
   * @param permitsNew ids of permits that are new, or that say something else now
   */
  record Change(
      String from, String to, int policies, List<String> forbidsGone, List<String> permitsNew) {
    public Change {
      forbidsGone = List.copyOf(forbidsGone);
      permitsNew = List.copyOf(permitsNew);
    }
  }

  void reloaded(Change change);

  /** A set that did not load; the one before stays in force. */
  void reloadFailed(String problem);

  /** The engine had lost what it kept for a tool, and made it anew. */
  void cacheLost(String tool);

  /**
   * A shadow set was asked about a call.
   *
   * @param agrees whether it would have decided the same, for the same reason
   * @param from the outcome that counts
   * @param to the shadow's outcome
   */
  default void shadowed(boolean agrees, String from, String to) {}
}
