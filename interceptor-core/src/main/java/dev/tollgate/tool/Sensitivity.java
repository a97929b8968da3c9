package dev.tollgate.tool;

import java.util.Locale;

/** How sensitive the data is that a tool touches. */
public enum Sensitivity {
  PUBLIC,
  INTERNAL,
  CONFIDENTIAL,
  RESTRICTED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name in manifests and policies, such as {@code internal}. */
  public String text() {
    return text;
  }
}
