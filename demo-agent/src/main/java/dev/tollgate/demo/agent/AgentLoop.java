package dev.tollgate.demo.agent;

import dev.tollgate.task.Caller;

/** An agent of one framework, with its tools, behind the gate. */
public interface AgentLoop extends AutoCloseable {

  /**
   * Asks the agent and waits for its last word.
   *
   * @param caller on whose behalf
   * @param message what the user says
   * @param model what the model will do
   * @param streaming whether the model's answer is streamed
   */
  String ask(Caller caller, String message, Script model, boolean streaming);

  /**
   * Runs a call that waited for approval, with this agent's tools.
   *
   * @return what the tool returned, or the denial
   */
  String resume(String approvalId, Caller caller);

  @Override
  void close();
}
