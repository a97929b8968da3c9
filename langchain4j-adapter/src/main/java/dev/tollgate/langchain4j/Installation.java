package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.langchain4j.delegate.HandedOn;

/**
 * The gate in force. The tasks belong to it: another gate does not take them over.
 *
 * @param gate the gate
 * @param tasks the tasks that AI service invocations carry
 * @param handedOn the parts of them that agents have in hand
 * @param settings what becomes of the gate's answers
 * @param own whether the adapter made the gate, and so ends it
 */
record Installation(
    ToolGate gate, CarriedTasks tasks, HandedOn handedOn, AdapterSettings settings, boolean own) {

  static Installation of(ToolGate gate, AdapterSettings settings) {
    return new Installation(gate, new CarriedTasks(), new HandedOn(), settings, false);
  }
}
