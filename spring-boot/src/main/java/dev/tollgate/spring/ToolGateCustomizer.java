package dev.tollgate.spring;

import dev.tollgate.ToolGateBuilder;

/**
 * Has the last word on the gate that is made of the {@code tollgate.*} properties. Several are
 * asked in the order of their {@code @Order}.
 */
@FunctionalInterface
public interface ToolGateCustomizer {
  void customize(ToolGateBuilder builder);
}
