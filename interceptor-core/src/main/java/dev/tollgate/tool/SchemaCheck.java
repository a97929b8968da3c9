package dev.tollgate.tool;

import java.util.Map;

/**
 * One check of arguments. A server writes the schema and a model the arguments, so together they
 * must not make it endless.
 */
final class SchemaCheck {
  private static final int STEPS = 20_000;
  private static final int DEEPEST = 1_000;
  private final Map<String, SchemaRule> definitions;
  private int steps;
  private int depth;

  SchemaCheck(Map<String, SchemaRule> definitions) {
    this.definitions = definitions;
  }

  boolean enter() {
    if (++steps > STEPS || depth == DEEPEST) {
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /** What a reference names; anything fits where the schema does not have it. */
  SchemaRule definition(String reference) {
    return definitions.getOrDefault(reference, SchemaRule.ANY);
  }
}
