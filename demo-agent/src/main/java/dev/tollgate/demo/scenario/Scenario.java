package dev.tollgate.demo.scenario;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.agent.Script;
import dev.tollgate.demo.idp.IdpFaults;
import java.util.List;

/**
 * One thing the demo shows.
 *
 * @param title what it shows
 * @param message what the user says
 * @param turns the calls of each of the model's turns
 * @param streaming whether the model's answer is streamed
 * @param fault what is wrong with the token server
 * @param world what is wrong with the gate's surroundings
 * @param expected how each call must end, in the order they are proposed
 */
record Scenario(
    String title,
    String message,
    List<List<PlannedCall>> turns,
    boolean streaming,
    IdpFaults.Mode fault,
    World world,
    List<Expected> expected) {

  /** What surrounds the gate. */
  enum World {
    USUAL,
    /** A policy that fails while it is evaluated. */
    ERRING_POLICY,
    /** The audit folder cannot be written. */
    NO_AUDIT
  }

  Script script() {
    return new Script(turns);
  }
}
