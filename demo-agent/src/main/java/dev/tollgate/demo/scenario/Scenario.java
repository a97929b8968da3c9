package dev.tollgate.demo.scenario;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.idp.IdpFaults;
import java.util.List;

/**
 * One thing the demo shows.
 *
 * @param title what it shows
 * @param message what the user says
 * @param turns the calls of each of the model's turns
 * @param handedOn the turns of the worker, where the agent hands work on; empty where it does not
 * @param streaming whether the model's answer is streamed
 * @param fault what is wrong with the token server
 * @param world what surrounds the gate
 * @param play what happens
 * @param expected how each call must end, in the order they are proposed
 */
record Scenario(
    String title,
    String message,
    List<List<PlannedCall>> turns,
    List<List<PlannedCall>> handedOn,
    boolean streaming,
    IdpFaults.Mode fault,
    World world,
    Play play,
    List<Expected> expected) {

  /** What surrounds the gate. */
  enum World {
    USUAL,
    /** A policy that fails while it is evaluated. */
    ERRING_POLICY,
    /** The audit folder cannot be written. */
    NO_AUDIT,
    /** Policies that let people approve payments. */
    DESK,
    /** The same, with two calls and 100 EUR for each task. */
    TIGHT_BUDGET,
    /** Policies that let nothing leave once text of others was read. */
    NO_EGRESS,
    /** The same, beside a set that is only tried out. */
    SHADOWED,
    /** Policies of the desk, and the agent is the planner, who hands work on. */
    PLANNER
  }

  /** A scenario in which the user asks, and that is all. */
  static Scenario of(
      String title,
      String message,
      List<List<PlannedCall>> turns,
      IdpFaults.Mode fault,
      World world,
      List<Expected> expected) {
    return new Scenario(
        title, message, turns, List.of(), false, fault, world, Stage::ask, expected);
  }

  /** The same, streamed. */
  Scenario streamed() {
    return new Scenario(title, message, turns, handedOn, true, fault, world, play, expected);
  }

  /** The same, with more to it than a question. */
  Scenario played(Play other) {
    return new Scenario(title, message, turns, handedOn, streaming, fault, world, other, expected);
  }

  /** How many payments the bank makes when this is played once. */
  int payments() {
    return (int)
        expected.stream()
            .filter(call -> call.tool().equals("bank_pay") && call.reason().isEmpty())
            .count();
  }

  boolean handsOn() {
    return !handedOn.isEmpty();
  }

  /** A real model does as it likes, so it plays only where the user asks and that is all. */
  boolean suitsRealModel() {
    return world == World.USUAL || world == World.ERRING_POLICY || world == World.NO_AUDIT;
  }
}
