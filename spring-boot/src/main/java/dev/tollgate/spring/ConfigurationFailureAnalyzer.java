package dev.tollgate.spring;

import dev.tollgate.config.ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what is wrong with a setting, without the stack of how Spring got there. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
    return new FailureAnalysis(
        "Tollgate cannot start: " + cause.getMessage(),
        "Correct the property, define a ToolGate bean of your own, or set tollgate.enabled=false"
            + " to run without a gate.",
        cause);
  }
}
