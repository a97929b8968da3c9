package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;

/**
 * The gate in force. The tasks belong to it: another gate does not take them over.
 *
 * @param gate the gate
 * @param tasks the tasks that AI service invocations carry
 * @param own whether the adapter made the gate, and so ends it
 */
record Installation(ToolGate gate, CarriedTasks tasks, boolean own) {

  static Installation of(ToolGate gate) {
    return new Installation(gate, new CarriedTasks(), false);
  }
}
