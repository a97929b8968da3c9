package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;

/** Tools that are registered by hand. */
final class Specifications {
  private Specifications() {}

  static ToolSpecification named(String name) {
    return ToolSpecification.builder().name(name).description("does " + name).build();
  }
}
