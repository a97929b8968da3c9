package dev.tollgate.demo.agent;

/** Another agent, which this one can hand work to. */
@FunctionalInterface
public interface Colleague {

  /** Nobody to hand work to. */
  Colleague NONE = work -> "There is nobody to ask.";

  /**
   * Hands work over and waits for the answer.
   *
   * @param work what a model wants done; nobody's intent
   */
  String ask(String work);
}
