package dev.tollgate.tool;

import java.util.Locale;

/** Who may have written what a tool returns. */
public enum ResultTrust {
  /** Only the operator or the user. */
  TRUSTED,
  /** Typed values, but a counterparty may have chosen them. */
  STRUCTURED,
  /** Text that anyone may have written. */
  UNTRUSTED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name in manifests and policies, such as {@code untrusted}. */
  public String text() {
    return text;
  }
}
