package dev.tollgate.langchain4j.delegate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an agent may at most do: on the interface of an AI service or agent, or on its
 * {@code @Agent} method. It then has a signed part of the task that it works for, and never more
 * than whoever gave it the work. All invocations within one task share the budget. What cannot be
 * read stops the building of the agent.
 *
 * <p>Not for workflows and supervisors: they call no tools; what is above their agents is narrowed
 * where the work begins.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Delegate {
  /** The agent's name, as policies and whoever accepts its work know it; else the simple name. */
  String to() default "";

  /** The names of the tools it may call; none but these. */
  String[] tools() default {};

  /** The scopes that credentials of its calls may have; none but these. */
  String[] scopes() default {};

  /** How much it may do within one task. */
  Budget budget() default @Budget;

  /** How often the work may be handed on, 0 to 5. */
  int depth() default 0;

  /** How long it holds from the agent's first invocation, 1 to 3600; never longer than the task. */
  int lifetimeSeconds() default 3600;

  /** How much an agent may do. */
  @Target({})
  @interface Budget {
    /** How many calls, 0 or more. */
    int calls() default 20;

    /** How much of the amounts that the manifest names; none of one that is missing. */
    Amount[] amounts() default {};
  }

  /** So much of one amount. */
  @Target({})
  @interface Amount {
    /** Its name in the manifest. */
    String name();

    /** In whole units, 0 or more. */
    long most();
  }
}
