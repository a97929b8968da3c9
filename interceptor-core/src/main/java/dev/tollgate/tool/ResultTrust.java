package dev.tollgate.tool;

/** Who may have written what a tool returns. */
public enum ResultTrust {
  /** Only the operator or the user. */
  TRUSTED,
  /** Typed values, but a counterparty may have chosen them. */
  STRUCTURED,
  /** Text that anyone may have written. */
  UNTRUSTED
}
