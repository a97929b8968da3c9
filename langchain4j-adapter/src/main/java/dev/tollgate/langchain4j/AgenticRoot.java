package dev.tollgate.langchain4j;

import dev.langchain4j.agentic.scope.AgenticScope;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.agentic.RootSight;

/**
 * Where an agentic system of a kind begins that the framework lets nobody see the begin of: {@code
 * AgenticServices.plannerBuilder().beforeCall(AgenticRoot::begins)}, and likewise a supervisor.
 * Workflows need no such line.
 */
public final class AgenticRoot {
  private AgenticRoot() {}

  /**
   * Lets all agents of the scope work on the task that is open on this thread, on whatever thread
   * they are; where none is open, on one for the text that the system was called with. Not in a
   * scope with a memory id, which other calls work in too.
   */
  public static void begins(AgenticScope scope) {
    ToolGate gate = TollgateLangChain4j.gateIfAny();
    if (gate != null) { // without one every call is denied
      RootSight.begins(gate, scope);
    }
  }
}
