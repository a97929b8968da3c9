package dev.tollgate.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what to do where LangChain4j has no room for this context's gate. */
final class GateNotHandedOverAnalyzer extends AbstractFailureAnalyzer<GateNotHandedOverException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, GateNotHandedOverException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Do what the description says, if it says what. A process has one gate for LangChain4j: if"
            + " another application context holds it, close that one first (in tests:"
            + " @DirtiesContext), or let one context be the parent of the other."
            + " tollgate.strict=report starts all the same and only says so.",
        cause);
  }
}
