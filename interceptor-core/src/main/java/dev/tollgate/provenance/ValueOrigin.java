package dev.tollgate.provenance;

import java.util.Locale;

/** Where a value came from. An origin that is not known has no name: it is absent. */
public enum ValueOrigin {
  /** The value stands in the words of the person or operator who asked. */
  USER;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** What policies read, such as {@code user}. */
  public String text() {
    return text;
  }
}
