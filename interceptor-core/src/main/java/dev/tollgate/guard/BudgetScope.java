package dev.tollgate.guard;

import java.util.Locale;

/** Whose budget it is. */
public enum BudgetScope {
  TASK,
  AGENT,
  SUBJECT,
  TENANT;

  /** The name in keys of configuration, such as {@code task}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
