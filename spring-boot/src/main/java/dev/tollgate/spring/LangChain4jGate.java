package dev.tollgate.spring;

import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Holds LangChain4j's one gate for as long as this application context lives. Before it and after
 * it every tool call of an AI service is denied.
 */
final class LangChain4jGate implements DisposableBean {
  static final String BEAN = "tollgateLangChain4jGate";
  private final ToolGate gate;
  private final @Nullable String failure;

  /**
   * @throws GateNotHandedOverException if LangChain4j does not take the gate; with {@code
   *     tollgate.strict=report} that is kept for the report
   */
  LangChain4jGate(ToolGate gate, AdapterSettings settings) {
    this.gate = gate;
    this.failure = install(gate, settings);
  }

  private static @Nullable String install(ToolGate gate, AdapterSettings settings) {
    try {
      TollgateLangChain4j.install(gate, settings);
      return null;
    } catch (IllegalStateException e) {
      if (settings.strictness() == Strictness.REPORT) {
        return e.getMessage();
      }
      throw new GateNotHandedOverException(e);
    }
  }

  /** Why LangChain4j did not take the gate; {@code null} if it did. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void destroy() {
    TollgateLangChain4j.uninstall(gate);
  }
}
