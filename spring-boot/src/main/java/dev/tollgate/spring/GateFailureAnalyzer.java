package dev.tollgate.spring;

import dev.tollgate.config.ConfigurationException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what is wrong with a file that the gate is made from: keys, policies, manifest, state.
 * Whatever else fails there, such as the application's own customizer, keeps its stack trace.
 */
final class GateFailureAnalyzer extends AbstractFailureAnalyzer<BeanInstantiationException> {
  private static final String OURS = "dev.tollgate.";

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, BeanInstantiationException failure) {
    Throwable why = failure.getCause();
    var factory = failure.getConstructingMethod();
    if (why == null
        || why instanceof ConfigurationException // which has a remedy of its own
        || factory == null
        || factory.getDeclaringClass() != ToolGateAutoConfiguration.class
        || !(why instanceof UncheckedIOException || saidByUs(why))) {
      return null;
    }
    return new FailureAnalysis(
        "Tollgate cannot start: " + why.getMessage(),
        "Correct the file, or the tollgate.* property that names it (docs/configuration.md).",
        why);
  }

  /** Only what says in its own words which file it is about, and not what a program error says. */
  private static boolean saidByUs(Throwable why) {
    if (why.getClass().getName().startsWith(OURS)) {
      return true;
    }
    StackTraceElement[] from = why.getStackTrace();
    return why instanceof IllegalStateException
        && from.length > 0
        && from[0].getClassName().startsWith(OURS);
  }
}
