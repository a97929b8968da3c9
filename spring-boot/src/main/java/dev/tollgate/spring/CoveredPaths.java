package dev.tollgate.spring;

import java.util.List;

/**
 * What one adapter covers of an application. A bean of each part that guards something; shown at
 * start and by the actuator endpoint. For the adapters, not for applications.
 */
public interface CoveredPaths {
  /** Whose tool calls, such as {@code Spring AI}; parts of one framework say the same. */
  String framework();

  /**
   * Looks at the application, once its singletons are made; makes no bean by looking. Must not
   * throw for what an application may do wrong: that is an uncovered path.
   */
  List<CoveredPath> paths();
}
