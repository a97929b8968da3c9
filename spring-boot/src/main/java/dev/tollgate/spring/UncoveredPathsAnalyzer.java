package dev.tollgate.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which paths lead past the gate, and what to do about them. */
final class UncoveredPathsAnalyzer extends AbstractFailureAnalyzer<UncoveredPathsException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UncoveredPathsException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Make each of them with the beans that the framework's auto-configuration provides, or add"
            + " the AspectJ weaver (docs/weaving.md). tollgate.strict=report starts all the same:"
            + " calls on these paths are then not decided on, and get no credential.",
        cause);
  }
}
