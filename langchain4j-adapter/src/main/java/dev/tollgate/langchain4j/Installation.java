package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;

/**
 * The gate in force. The tasks belong to it: another gate does not take them over.
 *
 * @param gate the gate
 * @param tasks the tasks that AI service invocations carry
 * @param settings what becomes of the gate's answers
 * @param own whether the adapter made the gate, and so ends it
 */
record Installation(ToolGate gate, CarriedTasks tasks, AdapterSettings settings, boolean own) {

  static Installation of(ToolGate gate, AdapterSettings settings) {
    return new Installation(gate, new CarriedTasks(), settings, false);
  }
}
