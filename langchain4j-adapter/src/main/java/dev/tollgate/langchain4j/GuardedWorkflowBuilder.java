package dev.tollgate.langchain4j;

import dev.tollgate.langchain4j.agentic.GuardedWorkflows;

/** How LangChain4j's agentic module finds the adapter. Not for applications. */
public final class GuardedWorkflowBuilder extends GuardedWorkflows {

  public GuardedWorkflowBuilder() {
    super(TollgateLangChain4j::gateIfAny);
  }
}
